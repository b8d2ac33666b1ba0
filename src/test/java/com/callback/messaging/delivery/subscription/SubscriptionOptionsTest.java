package com.callback.messaging.delivery.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.FarEnd;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import com.callback.messaging.support.StandardWebhooks;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A subscription's template, rate limit, order and access token, from the API to the receiver. */
@ServiceTest
class SubscriptionOptionsTest {

  private static final String TEMPLATE =
      "{\"text\": \"{{data.reference}}: {{data.contactName}}\", \"key\": \"{{id}}\"}";

  @Autowired Service service;
  @Autowired MovableClock clock;

  FarEnd receiver;
  FarEnd authority;
  Subscriber subscriber;

  @BeforeEach
  void open() {
    receiver = new FarEnd();
    authority = new FarEnd();
    subscriber = new Subscriber(service, service.businessWithoutChannels());
  }

  @AfterEach
  void close() {
    receiver.close();
    authority.close();
  }

  @Test
  void a_template_makes_the_payload_that_is_signed_sent_and_shown() {
    var made = subscribe(Map.of("payloadTemplate", TEMPLATE));
    assertThat(made.get("payloadTemplate").asText()).isEqualTo(TEMPLATE);
    subscriber.lead();
    await().until(() -> receiver.calls().size() == 1);

    var call = receiver.calls().get(0);
    assertThat(call.body())
        .matches("\\{\"text\":\"[0-9A-Z-]{9}: Ada\",\"key\":\"[0-9a-f-]{36}\"}")
        .contains(call.headers().get("webhook-id"));
    assertThat(call.headers().get("content-type")).isEqualTo("application/json");
    assertThat(StandardWebhooks.accept(call.headers(), call.body(), made.get("secret").asText()))
        .isTrue();
    assertThat(request(call).get("body").toString()).isEqualTo(call.body());
  }

  @Test
  void a_template_is_held_against_the_events_whichever_of_them_is_changed() {
    var problem =
        subscriber.ask(
            422,
            "POST",
            Subscriber.ALL,
            Map.of("url", receiver.url(), "payloadTemplate", "{\"a\": \"{{data.name}}\"}"));
    assertThat(problem.at("/errors/0/field").asText()).isEqualTo("payloadTemplate");
    assertThat(problem.at("/errors/0/detail").asText()).contains("{{data.name}}");
    assertThat(subscriber.ask(200, "GET", Subscriber.ALL, null).get("subscriptions")).isEmpty();

    var path = Subscriber.path(subscribe(Map.of("payloadTemplate", TEMPLATE)));
    var change = Map.of("eventTypes", List.of("message.read"));
    assertThat(subscriber.ask(422, "PATCH", path, change).toString()).contains("contactName");
    assertThat(subscriber.ask(200, "GET", path, null).get("eventTypes").toString())
        .isEqualTo("[\"message.created\"]");

    var without = new HashMap<String, Object>(change);
    without.put("payloadTemplate", null);
    assertThat(subscriber.ask(200, "PATCH", path, without).get("payloadTemplate").isNull())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"rateLimit\": 0} | rateLimit",
        "{\"rateLimit\": 6001} | rateLimit",
        "{\"rateLimit\": 1.5} | rateLimit",
        "{\"ordering\": \"global\"} | ordering",
        "{\"payloadTemplate\": 5} | payloadTemplate",
        "{\"authentication\": {\"type\": \"oauth2\"}} | authentication.clientId",
        "{\"authentication\": {\"type\": \"mtls\", \"tokenUrl\": \"https://a.example\", \"clientId\": \"a\", \"clientSecret\": \"b\"}} | authentication.type",
        "{\"authentication\": {\"type\": \"oauth2\", \"tokenUrl\": \"ftp://a.example\", \"clientId\": \"a\", \"clientSecret\": \"b\"}} | authentication.tokenUrl",
        "{\"authentication\": {\"type\": \"oauth2\", \"tokenUrl\": \"http://10.0.0.1/token\", \"clientId\": \"a\", \"clientSecret\": \"b\"}} | authentication.tokenUrl",
        "{\"headers\": {\"authorization\": \"x\"}, \"authentication\": {\"type\": \"oauth2\", \"tokenUrl\": \"https://a.example\", \"clientId\": \"a\", \"clientSecret\": \"b\"}} | authentication",
      })
  void an_option_that_cannot_be_used_is_refused_by_name(String body, String field) {
    var path = Subscriber.path(subscriber.subscribe(receiver.url()));
    var problem = subscriber.ask(400, "PATCH", path, body);
    assertThat(problem.get("errors"))
        .extracting(error -> error.get("field").asText())
        .contains(field);
    assertThat(problem.get("errors"))
        .allSatisfy(
            error ->
                assertThat(error.get("detail").asText()).isNotEmpty().doesNotContain("Unknown"));
  }

  @Test
  void leads_wait_for_the_rate_limit_and_are_sent_as_it_allows() {
    subscribe(Map.of("rateLimit", 1));
    var leads = List.of(subscriber.lead(), subscriber.lead(), subscriber.lead());
    await().until(() -> receiver.calls().size() == 1);
    for (int sent = 2; sent <= leads.size(); sent++) {
      var most = sent;
      clock.advance(Duration.ofSeconds(60));
      await().until(() -> receiver.calls().size() == most);
    }
    service.awaitDeliveries(subscriber.business);
    assertThat(receiver.calls()).hasSize(3);
  }

  @Test
  void in_order_an_event_is_sent_after_the_one_before_it_was_delivered() {
    subscribe(
        Map.of(
            "ordering", "per-lead", "eventTypes", List.of("message.created", "message.archived")));
    receiver.answers(500);
    var lead = subscriber.lead();
    await().until(() -> receiver.calls().size() == 1 && states(lead).equals("lead pending"));
    service
        .database()
        .sql("update public.messages set status = 'archived' where id = ?")
        .param(lead)
        .update();
    clock.advance(Duration.ofSeconds(7));
    await().until(() -> receiver.calls().size() == 3);
    assertThat(receiver.calls())
        .extracting(call -> service.json(call.body()).get("type").asText())
        .containsExactly("message.created", "message.created", "message.archived");
  }

  @Test
  void a_token_is_fetched_once_for_many_and_its_secret_is_shown_nowhere() {
    authority.usually(200, Map.of(), token("first"));
    var made = subscribe(Map.of("authentication", oauth("scope", "leads.write")));
    assertThat(made.get("authentication").toString())
        .isEqualTo(
            "{\"type\":\"oauth2\",\"scope\":\"leads.write\",\"clientId\":\"us: 1\",\"tokenUrl\":\"%s\"}"
                .formatted(authority.url()));
    assertThat(stored()).doesNotContain("very-secret").contains("enc:");
    for (int each = 0; each < 5; each++) {
      subscriber.lead();
    }
    await().until(() -> receiver.calls().size() == 5);

    assertThat(receiver.calls())
        .extracting(call -> call.headers().get("authorization"))
        .containsOnly("Bearer first");
    assertThat(authority.calls())
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.body()).isEqualTo("grant_type=client_credentials&scope=leads.write");
              assertThat(call.headers().get("authorization"))
                  .isEqualTo("Basic dXMlM0ErMTp2ZXJ5LXNlY3JldA==");
            });
    assertThat(request(receiver.calls().get(0)).at("/headers/Authorization").asText())
        .isEqualTo("••••");
  }

  @Test
  void a_token_is_fetched_anew_before_it_expires_and_once_after_a_401() {
    authority.answers(200, Map.of(), token("first")).answers(200, Map.of(), token("second"));
    authority.usually(200, Map.of(), token("third"));
    subscribe(Map.of("authentication", oauth()));
    subscriber.lead();
    await().until(() -> receiver.calls().size() == 1);
    clock.advance(Duration.ofSeconds(545));
    subscriber.lead();
    await().until(() -> receiver.calls().size() == 2);
    receiver.answers(401);
    var lead = subscriber.lead();
    await().until(() -> states(lead).equals("lead delivered"));

    assertThat(receiver.calls())
        .extracting(call -> call.headers().get("authorization"))
        .containsExactly("Bearer first", "Bearer second", "Bearer second", "Bearer third");
  }

  @Test
  void a_receiver_that_refuses_every_token_is_asked_twice_an_attempt() {
    authority.usually(200, Map.of(), token("any"));
    receiver.usually(401, Map.of(), "no");
    subscribe(Map.of("authentication", oauth()));
    var lead = subscriber.lead();
    await().until(() -> states(lead).equals("lead pending") && receiver.calls().size() == 2);
    assertThat(error(lead)).contains("401");
    assertThat(authority.calls()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 | down | responded 500",
        "200 | no json | not JSON",
        "200 | {} | no access_token",
        "200 | {\"access_token\": \"a b\"} | no access_token",
        "200 | {\"access_token\": \"a\", \"token_type\": \"mac\"} | token_type",
        "302 | {\"access_token\": \"a\"} | responded 302"
      })
  void without_a_token_a_delivery_waits_and_never_fails(int status, String body, String reason) {
    authority.usually(status, Map.of(), body);
    subscribe(Map.of("authentication", oauth()));
    var lead = subscriber.lead();
    await().until(() -> states(lead).equals("lead pending") && error(lead) != null);
    assertThat(error(lead)).contains("token endpoint", reason);
    service
        .database()
        .sql(
            "update messaging.deliveries set attempts = 50, next_attempt_at = next_attempt_at - interval '1 day' where message_id = ?")
        .param(lead)
        .update();
    await().until(() -> attempts(lead) == 51 && states(lead).equals("lead pending"));
    assertThat(receiver.calls()).isEmpty();

    authority.usually(200, Map.of(), token("good"));
    clock.advance(Duration.ofHours(30));
    await().until(() -> states(lead).equals("lead delivered"));
  }

  private JsonNode subscribe(Map<String, Object> options) {
    var body = new HashMap<String, Object>(options);
    body.put("url", receiver.url());
    return subscriber.ask(201, "POST", Subscriber.ALL, body);
  }

  private Map<String, String> oauth(String... more) {
    var authentication = new HashMap<String, String>();
    authentication.put("type", "oauth2");
    authentication.put("tokenUrl", authority.url());
    authentication.put("clientId", "us: 1");
    authentication.put("clientSecret", "very-secret");
    for (int i = 0; i < more.length; i += 2) {
      authentication.put(more[i], more[i + 1]);
    }
    return authentication;
  }

  private static String token(String token) {
    return "{\"access_token\": \"%s\", \"token_type\": \"bearer\", \"expires_in\": 600}"
        .formatted(token);
  }

  /** What the log shows of the request that a call was. */
  private JsonNode request(FarEnd.Call call) {
    var key = service.key(subscriber.business, "deliveries:read", "messages:read");
    var id = call.headers().get("webhook-id");
    return service
        .json(service.call("GET", "/api/deliveries/" + id + "/attempts", key, null).body())
        .get("request");
  }

  private String stored() {
    return one(
        "authentication::text", "webhook_subscriptions", "business_id", subscriber.business.id());
  }

  private String states(UUID lead) {
    return one("string_agg(cause || ' ' || state, ',')", "deliveries", "message_id", lead);
  }

  private String error(UUID lead) {
    return one("max(last_error)", "deliveries", "message_id", lead);
  }

  private int attempts(UUID lead) {
    return Integer.parseInt(one("max(attempts)::text", "deliveries", "message_id", lead));
  }

  private String one(String what, String table, String column, UUID value) {
    return service
        .database()
        .sql("select %s from messaging.%s where %s = ?".formatted(what, table, column))
        .param(value)
        .query(String.class)
        .optional()
        .orElse(null);
  }
}
