package com.callback.messaging.operation.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.intake.submission.PublishedContract;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What makes something makes it once, however often it is asked to. */
@ServiceTest
class RepeatedOperationsTest {

  private static final String PATH = "/api/webhook-subscriptions";
  private static final Map<String, Object> ENDPOINT =
      Map.of("url", "https://crm.example.com/leads", "description", "CRM");

  @Autowired Service service;
  @Autowired MovableClock clock;

  private Business business;
  private String credential;

  @BeforeEach
  void a_business_and_its_key() {
    business = service.businessWithoutChannels();
    credential = service.key(business, "webhooks:read", "webhooks:write", "messages:read");
  }

  static Stream<JsonNode> operationsThatMakeSomething() {
    return PublishedContract.at("/paths").properties().stream()
        .map(path -> path.getValue().path("post"))
        .filter(post -> post.at("/responses/201").isObject());
  }

  @ParameterizedTest
  @MethodSource("operationsThatMakeSomething")
  void each_of_them_takes_a_key(JsonNode operation) {
    assertThat(StreamSupport.stream(operation.path("parameters").spliterator(), false))
        .extracting(parameter -> parameter.path("$ref").asText())
        .as(operation.get("operationId").asText())
        .contains("#/components/parameters/IdempotencyKey");
    assertThat(PublishedContract.followed(operation.at("/responses/422")).toString())
        .contains(":key-used-otherwise");
  }

  @Test
  void the_same_key_and_body_get_the_same_answer_with_its_secret() {
    var first = post("one", ENDPOINT);
    var second = post("one", ENDPOINT);

    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(service.json(first.body()).path("secret").asText()).startsWith("whsec_");
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(service.json(second.body())).isEqualTo(service.json(first.body()));
    assertThat(second.headers().firstValue("Location"))
        .isPresent()
        .isEqualTo(first.headers().firstValue("Location"));
    assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
    assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(subscriptions()).isEqualTo(1);
  }

  @Test
  void the_same_body_in_another_order_gets_the_same_answer() {
    var forwards = new java.util.LinkedHashMap<String, Object>();
    forwards.put("url", "https://crm.example.com/leads");
    forwards.put("description", "CRM");
    var backwards = new java.util.LinkedHashMap<String, Object>();
    backwards.put("description", "CRM");
    backwards.put("url", "https://crm.example.com/leads");
    var first = post("one", forwards);
    var second = post("one", backwards);
    assertThat(second.statusCode()).as(second.body()).isEqualTo(201);
    assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(service.json(second.body())).isEqualTo(service.json(first.body()));
  }

  @Test
  void what_is_kept_of_an_answer_is_sealed() {
    var secret = service.json(post("one", ENDPOINT).body()).path("secret").asText();
    assertThat(
            service
                .database()
                .sql("select answer from messaging.idempotency_keys where business_id = ?")
                .param(business.id())
                .query(String.class)
                .single())
        .startsWith("enc:v1:")
        .doesNotContain(secret);
  }

  @Test
  void the_same_key_with_another_body_is_refused() {
    post("one", ENDPOINT);
    var other = post("one", Map.of("url", "https://other.example.com/leads"));
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.body()).contains("key-used-otherwise");
    assertThat(subscriptions()).isEqualTo(1);
  }

  @Test
  void what_was_refused_is_not_remembered() {
    assertThat(post("one", Map.of("url", "ftp://no.example")).statusCode()).isEqualTo(400);
    assertThat(post("one", ENDPOINT).statusCode()).isEqualTo(201);
  }

  @Test
  void a_key_is_forgotten_after_a_day() {
    post("one", ENDPOINT);
    clock.advance(Duration.ofHours(24).plusSeconds(1));
    assertThat(post("one", ENDPOINT).headers().firstValue("Idempotency-Replayed")).isEmpty();
    assertThat(subscriptions()).isEqualTo(2);
  }

  @Test
  void a_key_is_of_one_business_and_one_operation() {
    var created = service.json(post("one", ENDPOINT).body());
    var rotated =
        service.send(
            request(PATH + "/" + created.get("id").asText() + "/rotate-secret", "one", "{}"));
    assertThat(rotated.statusCode()).as(rotated.body()).isEqualTo(200);
    assertThat(rotated.headers().firstValue("Idempotency-Replayed")).isEmpty();

    credential = service.key(service.businessWithoutChannels(), "webhooks:write", "messages:read");
    assertThat(post("one", ENDPOINT).headers().firstValue("Idempotency-Replayed")).isEmpty();
  }

  @Test
  void twenty_at_once_make_one() throws Exception {
    var threads = Executors.newFixedThreadPool(20);
    var answers = new ArrayList<HttpResponse<String>>();
    try {
      var key = UUID.randomUUID().toString();
      for (var each :
          IntStream.range(0, 20)
              .mapToObj(i -> threads.submit(() -> post(key, ENDPOINT)))
              .toList()) {
        answers.add(each.get());
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(answers).allMatch(each -> List.of(201, 409).contains(each.statusCode()));
    assertThat(answers.stream().filter(each -> each.statusCode() == 409))
        .allMatch(each -> each.headers().firstValue("Retry-After").isPresent());
    assertThat(subscriptions()).isEqualTo(1);
  }

  private HttpResponse<String> post(String key, Map<String, Object> body) {
    return service.send(request(PATH, key, service.text(body)));
  }

  private HttpRequest.Builder request(String path, String key, String body) {
    return service
        .request(path, "application/json")
        .header("Authorization", "Bearer " + credential)
        .header("Idempotency-Key", key)
        .POST(BodyPublishers.ofString(body));
  }

  private int subscriptions() {
    return service
        .database()
        .sql("select count(*) from messaging.webhook_subscriptions where business_id = ?")
        .param(business.id())
        .query(Integer.class)
        .single();
  }
}
