package com.callback.messaging.intake.submission;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The same request once more is the same lead; another one of the same person is a louder one. */
@ServiceTest
class RepeatedRequestsTest {

  private static final Map<String, Object> ADA =
      Map.of("contactName", "Ada Lovelace", "contactPhone", "+61 491 570 006", "message", "Hello");

  @Autowired Service service;
  @Autowired MovableClock clock;

  private Business business;

  @BeforeEach
  void a_business() {
    business = service.business();
  }

  @Test
  void the_same_key_and_body_get_the_same_answer() {
    var key = UUID.randomUUID().toString();
    var first = post(key, ADA);
    var second = post(key, ADA);

    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
    assertThat(second.statusCode()).isEqualTo(202);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
    assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(leads()).isEqualTo(1);
    assertThat(deliveries()).isEqualTo(3);
  }

  @Test
  void the_same_key_with_another_body_is_refused() {
    var key = UUID.randomUUID().toString();
    post(key, ADA);
    var other = post(key, with(ADA, "message", "Something else"));

    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.body()).contains("Idempotency-Key", "key-used-otherwise");
    assertThat(leads()).isEqualTo(1);
  }

  @Test
  void the_same_JSON_in_another_order_is_the_same_request() {
    var forwards =
        "{\"funnelId\":\"%s\",\"contactName\":\"Ada\",\"contactPhone\":\"0491 570 006\",\"metadata\":{\"a\":1,\"b\":{\"c\":2,\"d\":3}}}"
            .formatted(business.funnel());
    var backwards =
        "{ \"metadata\": {\"b\": {\"d\": 3, \"c\": 2}, \"a\": 1}, \"contactPhone\": \"0491 570 006\", \"contactName\": \"Ada\", \"funnelId\": \"%s\" }"
            .formatted(business.funnel());
    for (var body : List.of(forwards, backwards)) {
      service.send(
          service.request("/api/messages", "application/json").POST(BodyPublishers.ofString(body)));
    }
    assertThat(leads()).as("without a key").isEqualTo(1);
    for (var body : List.of(forwards, backwards)) {
      var answer =
          service.send(
              service
                  .request("/api/messages", "application/json")
                  .header("Idempotency-Key", "one")
                  .POST(BodyPublishers.ofString(body)));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }
    assertThat(leads()).as("with a key").isEqualTo(2);
  }

  @Test
  void a_form_sent_twice_with_another_token_and_time_stamp_is_one_lead_without_a_token() {
    for (int i = 0; i < 2; i++) {
      var now = clock.millis() + i;
      var answer =
          service.send(
              service
                  .request("/api/messages", "application/x-www-form-urlencoded")
                  .POST(
                      BodyPublishers.ofString(
                          "funnelId=%s&contactName=Ada&contactPhone=0491570006&g-recaptcha-response=%s&submitted_at=%d&when=%d&fbclid=%s&roof=flat"
                              .formatted(business.funnel(), "A".repeat(2_000) + i, now, now, i))));
      assertThat(answer.statusCode()).isEqualTo(303);
    }
    assertThat(leads()).isEqualTo(1);
    assertThat(
            service
                .database()
                .sql("select metadata -> 'form' from public.messages where business_id = ?")
                .param(business.id())
                .query(String.class)
                .single())
        .contains("\"roof\": \"flat\"", "fbclid")
        .doesNotContain("recaptcha");
  }

  @Test
  void a_form_sent_twice_with_another_time_to_call_is_two_leads() {
    for (var time : List.of("2026-11-30T09:00", "2026-11-30T10:00")) {
      service.send(
          service
              .request("/api/messages", "application/x-www-form-urlencoded")
              .POST(
                  BodyPublishers.ofString(
                      "funnelId=%s&contactName=Ada&contactPhone=0491570006&call_at=%s"
                          .formatted(business.funnel(), time))));
    }
    assertThat(leads()).isEqualTo(2);
  }

  @Test
  void a_key_is_forgotten_after_a_day() {
    var key = UUID.randomUUID().toString();
    post(key, ADA);
    clock.advance(Duration.ofHours(24).plusSeconds(1));
    var later = post(key, ADA);

    assertThat(later.headers().firstValue("Idempotency-Replayed")).isEmpty();
    assertThat(leads()).isEqualTo(2);
  }

  @Test
  void another_key_means_another_request() {
    post("one", ADA);
    post("two", ADA);
    assertThat(leads()).isEqualTo(2);
  }

  @Test
  void a_key_belongs_to_its_funnel() {
    post("shared", ADA);
    var others = service.business();
    var answer = post(others, "shared", ADA);
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Idempotency-Replayed")).isEmpty();
  }

  @Test
  void a_key_that_is_none_is_refused() {
    for (var key : List.of("two words", "x".repeat(256))) {
      var answer = post(key, ADA);
      assertThat(answer.statusCode()).as(key).isEqualTo(400);
      assertThat(answer.body()).contains("Idempotency-Key");
    }
  }

  @Test
  void fifty_at_once_with_one_key_are_one_lead() throws Exception {
    var key = UUID.randomUUID().toString();
    var answers = atOnce(50, () -> post(key, ADA));

    assertThat(answers).allMatch(each -> List.of(202, 409).contains(each.statusCode()));
    assertThat(answers.stream().filter(each -> each.statusCode() == 202).map(HttpResponse::body))
        .isNotEmpty()
        .containsOnly(post(key, ADA).body());
    assertThat(answers.stream().filter(each -> each.statusCode() == 409))
        .allMatch(each -> each.headers().firstValue("Retry-After").orElse("").equals("1"));
    assertThat(leads()).isEqualTo(1);
    assertThat(deliveries()).isEqualTo(3);
  }

  @Test
  void fifty_at_once_without_a_key_are_one_lead() throws Exception {
    var answers = atOnce(50, () -> post(null, ADA));

    assertThat(answers).allMatch(each -> each.statusCode() == 202);
    assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
    assertThat(leads()).isEqualTo(1);
    assertThat(deliveries()).isEqualTo(3);
    assertThat(seenAgain()).isEqualTo(49);
  }

  @Test
  void the_same_content_within_five_minutes_is_seen_again() {
    var first = post(null, ADA);
    clock.advance(Duration.ofMinutes(4));
    var second = post(null, with(ADA, "contactPhone", "0491 570 006"));
    assertThat(second.statusCode()).isEqualTo(202);

    assertThat(leads()).as("the same number, written otherwise").isEqualTo(1);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(seenAgain()).isEqualTo(1);
    assertThat(events("message.seen_again")).isEqualTo(1);
  }

  @Test
  void the_same_content_after_five_minutes_is_a_second_call_for_help() {
    post(null, ADA);
    clock.advance(Duration.ofMinutes(5).plusSeconds(1));
    post(null, ADA);
    assertThat(priorities()).containsExactly("medium", "high");
  }

  @Test
  void another_text_of_the_same_contact_is_linked_and_raised() {
    var first = id(post(null, ADA));
    clock.advance(Duration.ofSeconds(30));
    var second = id(post(null, with(ADA, "message", "Please hurry")));
    clock.advance(Duration.ofSeconds(30));
    var third = id(post(null, with(ADA, "message", "Water is coming in")));
    clock.advance(Duration.ofSeconds(30));
    id(post(null, with(ADA, "message", "Hello?")));

    assertThat(priorities()).containsExactly("medium", "high", "urgent", "urgent");
    assertThat(follows(second)).isEqualTo(first);
    assertThat(follows(third)).isEqualTo(second);
    assertThat(deliveries()).isEqualTo(12);
  }

  @Test
  void what_somebody_else_asks_is_their_own() {
    post(null, ADA);
    post(null, with(ADA, "contactPhone", "+61 491 570 157"));
    assertThat(priorities()).containsExactly("medium", "medium");
  }

  @Test
  void a_form_without_javascript_carries_its_key_in_a_field() {
    var form =
        "funnelId=%s&contactName=Ada&contactPhone=0491570006&_key=field-key"
            .formatted(business.funnel());
    var first = postForm(form);
    var second = postForm(form);

    assertThat(first.statusCode()).isEqualTo(303);
    assertThat(second.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
    assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(leads()).isEqualTo(1);
  }

  @Test
  void what_a_deleted_lead_left_behind_does_not_stand_in_the_way() {
    post("key", ADA);
    post(null, with(ADA, "message", "Again"));
    service
        .database()
        .sql("delete from public.messages where business_id = ?")
        .param(business.id())
        .update();

    assertThat(post("key", ADA).statusCode()).isEqualTo(202);
    assertThat(leads()).isEqualTo(1);
  }

  private HttpResponse<String> post(String key, Map<String, Object> fields) {
    return post(business, key, fields);
  }

  private HttpResponse<String> post(Business at, String key, Map<String, Object> fields) {
    var request =
        service
            .request("/api/messages", "application/json")
            .POST(BodyPublishers.ofString(service.text(with(fields, "funnelId", at.funnel()))));
    return service.send(key == null ? request : request.header("Idempotency-Key", key));
  }

  private HttpResponse<String> postForm(String form) {
    return service.send(
        service
            .request("/api/messages", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  private static Map<String, Object> with(Map<String, Object> fields, String name, Object value) {
    var changed = new LinkedHashMap<>(fields);
    changed.put(name, value);
    return changed;
  }

  private static List<HttpResponse<String>> atOnce(int many, Callable<HttpResponse<String>> post)
      throws Exception {
    var threads = Executors.newFixedThreadPool(many);
    try {
      var running = threads.invokeAll(IntStream.range(0, many).mapToObj(i -> post).toList());
      var answers = new java.util.ArrayList<HttpResponse<String>>();
      for (var each : running) {
        answers.add(each.get());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }

  private UUID id(HttpResponse<String> answer) {
    return UUID.fromString(service.json(answer.body()).path("id").asText());
  }

  private int leads() {
    return count("select count(*) from public.messages where business_id = ?");
  }

  private int deliveries() {
    return count("select count(*) from messaging.deliveries where business_id = ?");
  }

  private int seenAgain() {
    return count("select coalesce(sum(seen_again), 0) from public.messages where business_id = ?");
  }

  private int events(String type) {
    return count(
        "select count(*) from messaging.message_events where type = '%s' and business_id = ?"
            .formatted(type));
  }

  private int count(String sql) {
    return service.database().sql(sql).param(business.id()).query(Integer.class).single();
  }

  private List<String> priorities() {
    return service
        .database()
        .sql("select priority from public.messages where business_id = ? order by created_at, id")
        .param(business.id())
        .query(String.class)
        .list();
  }

  private UUID follows(UUID message) {
    return service
        .database()
        .sql("select follows from public.messages where id = ?")
        .param(message)
        .query(UUID.class)
        .single();
  }
}
