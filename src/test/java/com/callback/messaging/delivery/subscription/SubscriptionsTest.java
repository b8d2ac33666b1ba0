package com.callback.messaging.delivery.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.platform.http.BodyLimit;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;

/** Subscriptions as a business keeps them. */
@ServiceTest
class SubscriptionsTest {

  private static final String URL = "https://example.com/hook";

  @Autowired Service service;

  @Autowired
  @Qualifier("api")
  HikariDataSource api;

  Subscriber subscriber;

  @BeforeEach
  void a_business_that_was_never_told_of_anything() {
    subscriber = new Subscriber(service, service.businessWithoutChannels());
  }

  @Test
  void what_was_asked_for_is_found_again_and_its_secret_is_shown_once() {
    var made =
        subscriber.ask(
            201,
            "POST",
            Subscriber.ALL,
            Map.of(
                "url",
                URL,
                "description",
                "The CRM",
                "eventTypes",
                List.of("message.created", "delivery.failed"),
                "headers",
                Map.of("Authorization", "Bearer very-secret"),
                "drainPerMinute",
                60));

    assertThat(made.get("secret").asText()).startsWith("whsec_");
    var found = subscriber.ask(200, "GET", Subscriber.path(made), null);
    assertThat(found.get("secret").isNull()).isTrue();
    assertThat(found.get("url").asText()).isEqualTo(URL);
    assertThat(found.get("description").asText()).isEqualTo("The CRM");
    assertThat(found.get("eventTypes").toString())
        .isEqualTo("[\"message.created\",\"delivery.failed\"]");
    assertThat(found.get("headers").toString()).isEqualTo("{\"Authorization\":\"••••\"}");
    assertThat(found.get("drainPerMinute").asInt()).isEqualTo(60);
    assertThat(found.get("enabled").asBoolean()).isTrue();
    assertThat(found.get("secrets")).hasSize(1);
    assertThat(column(made.get("id").asText(), "headers::text")).doesNotContain("very-secret");
  }

  @Test
  void what_is_left_out_has_its_default_and_the_location_leads_there() {
    var answer = subscriber.call("POST", Subscriber.ALL, Map.of("url", URL));
    var found =
        subscriber.ask(200, "GET", answer.headers().firstValue("Location").orElseThrow(), null);
    assertThat(found.get("eventTypes").toString()).isEqualTo("[\"message.created\"]");
    assertThat(found.get("drainPerMinute").asInt()).isEqualTo(600);
    assertThat(found.get("headers")).isEmpty();
  }

  @Test
  void all_are_listed_the_oldest_first() {
    assertThat(subscriber.ask(200, "GET", Subscriber.ALL, null).get("subscriptions")).isEmpty();
    var ids = List.of(id(subscriber.subscribe(URL)), id(subscriber.subscribe(URL + "/2")));
    var listed = subscriber.ask(200, "GET", Subscriber.ALL, null).get("subscriptions");
    assertThat(listed).extracting(each -> each.get("id").asText()).isEqualTo(ids);
  }

  @Test
  void a_header_value_that_looks_sealed_is_kept_as_any_other() {
    var made =
        subscriber.ask(
            201, "POST", Subscriber.ALL, Map.of("url", URL, "headers", Map.of("X-A", "enc:v1:zz")));
    assertThat(column(made.get("id").asText(), "headers::text"))
        .contains("enc:v1:")
        .doesNotContain("enc:v1:zz");
  }

  @Test
  void a_change_replaces_what_is_given_and_nothing_else() {
    var made =
        subscriber.ask(
            201,
            "POST",
            Subscriber.ALL,
            Map.of("url", URL, "description", "Old", "headers", Map.of("X-A", "1", "X-B", "2")));
    var path = Subscriber.path(made);

    var headers = subscriber.ask(200, "PATCH", path, Map.of("headers", Map.of("X-C", "3")));
    assertThat(headers.get("headers").toString()).isEqualTo("{\"X-C\":\"••••\"}");
    assertThat(headers.get("description").asText()).isEqualTo("Old");

    var nothing = new LinkedHashMap<String, Object>();
    nothing.put("description", null);
    assertThat(subscriber.ask(200, "PATCH", path, nothing).get("description").isNull()).isTrue();

    var rest =
        subscriber.ask(
            200,
            "PATCH",
            path,
            Map.of(
                "url", URL + "/new", "eventTypes", List.of("message.read"), "drainPerMinute", 7));
    assertThat(rest.get("url").asText()).isEqualTo(URL + "/new");
    assertThat(rest.get("eventTypes").toString()).isEqualTo("[\"message.read\"]");
    assertThat(rest.get("drainPerMinute").asInt()).isEqualTo(7);
    assertThat(rest.get("headers").toString()).isEqualTo("{\"X-C\":\"••••\"}");
    assertThat(rest.get("secret").isNull()).isTrue();
  }

  @Test
  void what_was_owed_to_a_deleted_one_is_cancelled() {
    var made = subscriber.subscribe(URL);
    subscriber.ask(200, "POST", Subscriber.path(made) + "/disable", null);
    var lead = subscriber.lead();

    subscriber.ask(204, "DELETE", Subscriber.path(made), null);

    subscriber.ask(404, "GET", Subscriber.path(made), null);
    // Page by page, not with the call.
    await()
        .untilAsserted(
            () ->
                assertThat(
                        service
                            .database()
                            .sql("select state from messaging.deliveries where message_id = ?")
                            .param(lead)
                            .query(String.class)
                            .list())
                    .containsExactly("cancelled"));
    assertThat(
            service
                .database()
                .sql("select count(*) from messaging.webhook_secrets where subscription_id = ?")
                .param(UUID.fromString(id(made)))
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void of_two_that_come_at_once_for_the_last_place_one_is_refused() {
    service
        .database()
        .sql(
            "insert into messaging.webhook_subscriptions (business_id, url) select ?, ? from generate_series(1, 99)")
        .params(subscriber.business.id(), URL)
        .update();

    var answers =
        IntStream.range(0, 4)
            .mapToObj(
                each ->
                    CompletableFuture.supplyAsync(
                        () -> subscriber.call("POST", Subscriber.ALL, Map.of("url", URL))))
            .toList()
            .stream()
            .map(each -> each.join().statusCode())
            .toList();

    assertThat(answers).containsExactlyInAnyOrder(201, 409, 409, 409);
    assertThat(subscriber.ask(200, "GET", Subscriber.ALL, null).get("subscriptions")).hasSize(100);
  }

  static Stream<List<String>> wrong() {
    return Stream.of(
        List.of("{}", "url"),
        List.of("{'url':7}", "url"),
        List.of("{'url':''}", "url"),
        List.of("{'url':'nowhere'}", "url"),
        List.of("{'url':'ftp://example.com/'}", "url"),
        List.of("{'url':'https://'}", "url"),
        List.of("{'url':'https://a b.example/'}", "url"),
        List.of("{'url':'https://ada:secret@example.com/'}", "url"),
        List.of("{'url':'https://example.com/#part'}", "url"),
        List.of("{'url':'http://10.1.2.3/hook'}", "url"),
        List.of("{'url':'http://169.254.169.254/latest'}", "url"),
        List.of("{'url':'http://[::ffff:10.0.0.1]/'}", "url"),
        List.of("{'url':'https://example.com/" + "x".repeat(2048) + "'}", "url"),
        List.of("{'url':'URL','description':'" + "x".repeat(201) + "'}", "description"),
        List.of("{'url':'URL','eventTypes':[]}", "eventTypes"),
        List.of("{'url':'URL','eventTypes':'message.read'}", "eventTypes"),
        List.of("{'url':'URL','eventTypes':['message.lost']}", "eventTypes.0"),
        List.of("{'url':'URL','eventTypes':['message.read','message.read']}", "eventTypes"),
        List.of("{'url':'URL','headers':[]}", "headers"),
        List.of("{'url':'URL','headers':{'X-A':1}}", "headers.X-A"),
        List.of("{'url':'URL','headers':{'X A':'1'}}", "headers.X A"),
        List.of("{'url':'URL','headers':{'X-A\\nX-B':'1'}}", "headers.X-A\nX-B"),
        List.of("{'url':'URL','headers':{'X-A':'1\\r\\nX-B: 2'}}", "headers.X-A"),
        List.of("{'url':'URL','headers':{'X-A':'••••'}}", "headers.X-A"),
        List.of("{'url':'URL','headers':{'webhook-id':'1'}}", "headers.webhook-id"),
        List.of("{'url':'URL','drainPerMinute':0}", "drainPerMinute"),
        List.of("{'url':'URL','drainPerMinute':60001}", "drainPerMinute"),
        List.of("{'url':'URL','drainPerMinute':'fast'}", "drainPerMinute"),
        List.of("{'url':'URL','id':'x'}", "id"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void what_is_wrong_is_named_with_what_to_do(List<String> wrong) {
    var body = wrong.get(0).replace('\'', '"').replace("URL", URL);
    var errors = subscriber.ask(400, "POST", Subscriber.ALL, body).get("errors");
    assertThat(errors).as(errors.toString()).hasSize(1);
    assertThat(errors.at("/0/field").asText()).isEqualTo(wrong.get(1));
    assertThat(errors.at("/0/detail").asText()).hasSizeGreaterThan(15).doesNotContain("Fix this");
    assertThat(subscriber.ask(200, "GET", Subscriber.ALL, null).get("subscriptions")).isEmpty();
  }

  @Test
  void an_unknown_event_type_is_told_the_known_ones() {
    var problem =
        subscriber.ask(
            400, "POST", Subscriber.ALL, Map.of("url", URL, "eventTypes", List.of("lead.new")));
    assertThat(problem.at("/errors/0/detail").asText())
        .contains("message.created")
        .contains("message.unreached")
        .contains("delivery.failed");
  }

  @Test
  void a_change_keeps_to_the_same_rules() {
    var path = Subscriber.path(subscriber.subscribe(URL));
    for (var wrong :
        List.of(
            "{\"url\":\"nowhere\"}", "{\"headers\":{\"a b\":\"c\"}}", "{\"url\":null}", "[]", "")) {
      subscriber.ask(400, "PATCH", path, wrong);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nothing", "{", "[]", "null", "7", "{\"url\":\"a\",\"url\":\"b\"}"})
  void a_body_that_is_no_object_is_refused(String body) {
    subscriber.ask(400, "POST", Subscriber.ALL, body);
  }

  @Test
  void a_body_that_is_too_large_is_refused() {
    var large = Map.of("url", URL, "description", "x".repeat(BodyLimit.LIMIT));
    subscriber.ask(413, "POST", Subscriber.ALL, large);
  }

  static Stream<List<String>> operations() {
    return Stream.of(
        List.of("GET", ""),
        List.of("PATCH", ""),
        List.of("DELETE", ""),
        List.of("POST", "/rotate-secret"),
        List.of("POST", "/test"),
        List.of("POST", "/disable"),
        List.of("POST", "/enable"),
        List.of("GET", "/held"));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void another_business_s_subscription_is_not_there_for_any_operation(List<String> operation) {
    var theirs = new Subscriber(service, service.businessWithoutChannels()).subscribe(URL);
    var before = row(theirs.get("id").asText());
    var body = operation.get(0).equals("PATCH") ? Map.of("url", URL + "/mine") : null;

    subscriber.ask(404, operation.get(0), Subscriber.path(theirs) + operation.get(1), body);
    subscriber.ask(
        404, operation.get(0), Subscriber.ALL + "/" + UUID.randomUUID() + operation.get(1), body);
    subscriber.ask(400, operation.get(0), Subscriber.ALL + "/seven" + operation.get(1), body);

    assertThat(row(theirs.get("id").asText())).isEqualTo(before);
  }

  @Test
  void while_no_connection_is_free_the_answer_is_503() throws Exception {
    var taken = new ArrayList<Connection>();
    try {
      for (int each = 0; each < api.getMaximumPoolSize(); each++) {
        taken.add(api.getConnection());
      }
      subscriber.ask(503, "GET", Subscriber.ALL, null);
    } finally {
      for (var connection : taken) {
        connection.close();
      }
    }
  }

  @Test
  void a_webhook_channel_that_was_switched_off_stays_off() {
    service
        .database()
        .sql(
            "insert into public.message_channels (business_id, channel_type, is_enabled) values (?, 'webhook', false)")
        .param(subscriber.business.id())
        .update();
    subscriber.subscribe(URL);
    assertThat(
            service
                .database()
                .sql("select is_enabled from public.message_channels where business_id = ?")
                .param(subscriber.business.id())
                .query(Boolean.class)
                .single())
        .isFalse();
  }

  private static String id(com.fasterxml.jackson.databind.JsonNode subscription) {
    return subscription.get("id").asText();
  }

  private String column(String id, String name) {
    return service
        .database()
        .sql("select " + name + " from messaging.webhook_subscriptions where id = ?::uuid")
        .param(id)
        .query(String.class)
        .single();
  }

  /** Everything there is of a subscription. */
  private String row(String id) {
    return service
        .database()
        .sql(
            "select to_jsonb(s)::text || (select jsonb_agg(w)::text from messaging.webhook_secrets w where w.subscription_id = s.id) || (select count(*) from messaging.deliveries d where d.lane = s.id) from messaging.webhook_subscriptions s where s.id = ?::uuid")
        .param(id)
        .query(String.class)
        .single();
  }
}
