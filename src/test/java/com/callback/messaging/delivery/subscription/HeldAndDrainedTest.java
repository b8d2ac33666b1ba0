package com.callback.messaging.delivery.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.FarEnd;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A disabled subscription loses nothing, and gets what was held at its pace. */
@ServiceTest
class HeldAndDrainedTest {

  @Autowired Service service;
  @Autowired MovableClock clock;

  FarEnd receiver;
  Subscriber subscriber;
  String path;

  @BeforeEach
  void a_subscription() {
    receiver = new FarEnd();
    subscriber = new Subscriber(service, service.businessWithoutChannels());
    path = Subscriber.path(subscriber.subscribe(receiver.url()));
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void a_disabled_one_holds_what_comes_and_shows_it_as_it_will_be_sent() {
    var disabled = ask("POST", "/disable", null);
    assertThat(disabled.get("enabled").asBoolean()).isFalse();
    assertThat(disabled.get("disabledReason").asText()).isEqualTo("manual");
    var leads = List.of(subscriber.lead(), subscriber.lead(), subscriber.lead());
    clock.advance(Duration.ofMinutes(5));

    var held = ask("GET", "/held", null);

    assertThat(held.get("count").asInt()).isEqualTo(3);
    assertThat(held.get("oldestAgeSeconds").asLong()).isBetween(300L, 400L);
    assertThat(held.get("first"))
        .extracting(each -> each.at("/body/data/id").asText())
        .isEqualTo(leads.stream().map(UUID::toString).toList());
    assertThat(held.at("/first/0/eventType").asText()).isEqualTo("message.created");
    assertThat(receiver.calls()).isEmpty();

    ask("POST", "/enable", null);
    await().until(() -> receiver.calls().size() == 3);
    assertThat(receiver.calls())
        .extracting(FarEnd.Call::body)
        .contains(held.at("/first/0/body").toString());
    assertThat(ask("GET", "/held", null).get("count").asInt()).isZero();
  }

  @Test
  void the_preview_shows_ten_of_all() {
    ask("POST", "/disable", null);
    for (int each = 0; each < 12; each++) {
      subscriber.lead();
    }
    var held = ask("GET", "/held", null);
    assertThat(held.get("count").asInt()).isEqualTo(12);
    assertThat(held.get("first")).hasSize(10);
  }

  @Test
  void nothing_held_has_no_age() {
    var held = ask("GET", "/held", null);
    assertThat(held.get("count").asInt()).isZero();
    assertThat(held.get("oldestAt").isNull()).isTrue();
    assertThat(held.get("oldestAgeSeconds").isNull()).isTrue();
  }

  @Test
  void sixty_a_minute_is_one_a_second_the_oldest_first() {
    ask("POST", "/disable", null);
    var leads = List.of(subscriber.lead(), subscriber.lead(), subscriber.lead());

    var enabled = ask("POST", "/enable", Map.of("drainPerMinute", 60));

    assertThat(enabled.get("enabled").asBoolean()).isTrue();
    assertThat(enabled.get("drainPerMinute").asInt()).isEqualTo(60);
    assertThat(enabled.get("disabledReason").isNull()).isTrue();
    var start = Instant.parse(enabled.get("updatedAt").asText());
    await()
        .untilAsserted(
            () ->
                assertThat(
                        leads.stream()
                            .map(lead -> Duration.between(start, dueAt(lead)).toSeconds()))
                    .containsExactly(0L, 1L, 2L));
    clock.advance(Duration.ofSeconds(3));
    await().until(() -> receiver.calls().size() == 3);
  }

  @Test
  void what_is_not_yet_its_turn_waits_and_what_is_new_does_not() {
    ask("POST", "/disable", null);
    subscriber.lead();
    var second = subscriber.lead();
    ask("POST", "/enable", Map.of("drainPerMinute", 1));
    await().until(() -> receiver.calls().size() == 1);

    var fresh = subscriber.lead();
    await().until(() -> receiver.calls().size() == 2);
    assertThat(receiver.calls().get(1).body()).contains(fresh.toString());

    clock.advance(Duration.ofMinutes(1));
    await().until(() -> receiver.calls().size() == 3);
    assertThat(receiver.calls().get(2).body()).contains(second.toString());
  }

  @Test
  void what_waits_to_be_tried_again_is_held_too() {
    receiver.answers(500);
    var lead = subscriber.lead();
    await().until(() -> state(lead).equals("pending") && receiver.calls().size() == 1);

    ask("POST", "/disable", null);
    await().until(() -> state(lead).equals("held"));
    clock.advance(Duration.ofHours(1));
    ask("POST", "/enable", null);

    await().until(() -> state(lead).equals("delivered"));
    assertThat(receiver.calls().get(1).headers().get("webhook-id"))
        .isEqualTo(receiver.calls().get(0).headers().get("webhook-id"));
  }

  @Test
  void thirty_thousand_that_are_held_are_let_go_page_by_page_at_one_pace() {
    ask("POST", "/disable", null);
    owe(30_000, "held");

    var start =
        Instant.parse(
            ask("POST", "/enable", Map.of("drainPerMinute", 60)).get("updatedAt").asText());

    await().atMost(Duration.ofSeconds(60)).until(() -> count("held") == 0);
    assertThat(lastDue()).isEqualTo(start.plusSeconds(29_999));
    ask("POST", "/disable", null);
    await().atMost(Duration.ofSeconds(60)).until(() -> count("pending") == 0);
  }

  @Test
  void an_endpoint_that_is_gone_is_called_no_more_and_what_it_is_owed_is_held() {
    receiver.usually(410, Map.of(), "");
    // Before, and due later: what is written while the subscription is being disabled may still be
    // sent.
    owe(3_000, "pending", Duration.ofHours(1));
    subscriber.lead();

    await().atMost(Duration.ofSeconds(30)).until(() -> count("held") == 3_001);
    assertThat(receiver.calls()).hasSize(1);
  }

  @Test
  void a_subscription_with_thousands_pending_is_deleted_at_once_and_they_are_cancelled() {
    ask("POST", "/disable", null);
    owe(3_000, "pending");

    subscriber.ask(204, "DELETE", path, null);

    await().atMost(Duration.ofSeconds(30)).until(() -> count("cancelled") == 3_000);
    assertThat(receiver.calls()).isEmpty();
  }

  /** So many deliveries to the subscription, all of them due. */
  private void owe(int many, String state) {
    owe(many, state, Duration.ZERO);
  }

  private void owe(int many, String state, Duration dueIn) {
    service
        .database()
        .sql(
            """
            insert into messaging.deliveries (business_id, cause, channel, target_id, state, held_reason, next_attempt_at, created_at, updated_at)
            select s.business_id, 'event', 'webhook', s.id, ?, case ? when 'held' then 'disabled' end, ?, now(), now()
            from messaging.webhook_subscriptions s, generate_series(1, ?)
            where s.business_id = ?
            """)
        .params(
            state,
            state,
            Timestamp.from(clock.instant().plus(dueIn)),
            many,
            subscriber.business.id())
        .update();
  }

  private long count(String state) {
    return service
        .database()
        .sql("select count(*) from messaging.deliveries where business_id = ? and state = ?")
        .params(subscriber.business.id(), state)
        .query(Long.class)
        .single();
  }

  private Instant lastDue() {
    return service
        .database()
        .sql("select max(next_attempt_at) from messaging.deliveries where business_id = ?")
        .param(subscriber.business.id())
        .query(Timestamp.class)
        .single()
        .toInstant();
  }

  @Test
  void disabling_twice_and_enabling_twice_changes_nothing() {
    var once = ask("POST", "/disable", null);
    assertThat(ask("POST", "/disable", null)).isEqualTo(once);
    ask("POST", "/enable", null);
    assertThat(ask("POST", "/enable", null).get("enabled").asBoolean()).isTrue();
  }

  @Test
  void a_pace_that_is_none_is_refused() {
    for (var wrong : List.of("{\"drainPerMinute\":0}", "{\"drainPerMinute\":\"x\"}", "[]")) {
      subscriber.ask(400, "POST", path + "/enable", wrong);
    }
  }

  @Test
  void a_test_is_one_call_with_a_lead_that_is_made_up_even_to_a_disabled_one() {
    ask("POST", "/disable", null);
    receiver.answers(500);

    var answer = subscriber.ask(202, "POST", path + "/test", null);

    var delivery = UUID.fromString(answer.get("deliveryId").asText());
    await().until(() -> stateOf(delivery).equals("failed"));
    assertThat(receiver.calls())
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.headers().get("webhook-id")).isEqualTo(delivery.toString());
              EventsTest.holdsAgainstTheContract(service.json(call.body()), "webhook.test");
            });
  }

  private JsonNode ask(String method, String what, Object body) {
    return subscriber.ask(200, method, path + what, body);
  }

  private Instant dueAt(UUID lead) {
    return service
        .database()
        .sql("select next_attempt_at from messaging.deliveries where message_id = ?")
        .param(lead)
        .query(Timestamp.class)
        .single()
        .toInstant();
  }

  private String state(UUID lead) {
    return service
        .database()
        .sql("select state from messaging.deliveries where message_id = ?")
        .param(lead)
        .query(String.class)
        .single();
  }

  private String stateOf(UUID delivery) {
    return service
        .database()
        .sql("select state from messaging.deliveries where id = ?")
        .param(delivery)
        .query(String.class)
        .single();
  }
}
