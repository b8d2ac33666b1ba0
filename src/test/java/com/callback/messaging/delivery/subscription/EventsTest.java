package com.callback.messaging.delivery.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.intake.submission.PublishedContract;
import com.callback.messaging.support.FarEnd;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Each event reaches who asked for it, as its schema says, with the same bytes each time. */
@ServiceTest
class EventsTest {

  @Autowired Service service;
  @Autowired MovableClock clock;

  FarEnd receiver;
  Subscriber subscriber;

  @BeforeEach
  void open() {
    receiver = new FarEnd();
    subscriber = new Subscriber(service, service.businessWithoutChannels());
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  /** Holds a body against what the contract says of this type. */
  static void holdsAgainstTheContract(JsonNode body, String type) {
    assertThat(body.path("type").asText()).isEqualTo(type);
    var schema =
        PublishedContract.at(
            "/webhooks/" + type + "/post/requestBody/content/application~1json/schema");
    assertThat(schema.isMissingNode()).isFalse();
    assertThat(PublishedContract.errors(schema, body)).as(body.toString()).isEmpty();
  }

  @Test
  void a_new_lead_is_told_as_it_came() {
    subscriber.subscribe(receiver.url());
    var lead = subscriber.lead();
    var body = call(0);
    holdsAgainstTheContract(body, "message.created");
    assertThat(body.at("/data/id").asText()).isEqualTo(lead.toString());
  }

  @Test
  void a_header_of_its_own_comes_along() {
    var headers = java.util.Map.of("X-Team", "north", "Authorization", "Bearer theirs");
    subscriber.ask(
        201, "POST", Subscriber.ALL, java.util.Map.of("url", receiver.url(), "headers", headers));
    subscriber.lead();
    call(0);
    assertThat(receiver.calls().get(0).headers())
        .containsEntry("x-team", "north")
        .containsEntry("authorization", "Bearer theirs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"read", "acknowledged", "responded", "archived"})
  void a_new_status_is_told_with_the_one_before(String status) {
    subscriber.subscribe(receiver.url(), "message." + status);
    var lead = subscriber.lead();

    move(lead, status);

    var body = call(0);
    holdsAgainstTheContract(body, "message." + status);
    assertThat(body.at("/data/id").asText()).isEqualTo(lead.toString());
    assertThat(body.at("/data/previousStatus").asText()).isEqualTo("unread");
    assertThat(body.at("/data/status").asText()).isEqualTo(status);
    assertThat(body.at("/data/acknowledgedAt").asText()).isEqualTo("2026-03-01T09:30:00Z");
    assertThat(body.at("/data/acknowledgedBy").asText())
        .isEqualTo(subscriber.business.id().toString());
  }

  @Test
  void a_failed_delivery_and_a_business_out_of_reach_are_told() {
    // What can never be sent ends at the first attempt; an answer would be asked for again.
    var refusing = new FarEnd();
    try {
      subscriber.subscribe(refusing.url());
      service
          .database()
          .sql(
              "update messaging.webhook_subscriptions set headers = '{\"Host\": \"other.example\"}' where business_id = ?")
          .param(subscriber.business.id())
          .update();
      subscriber.subscribe(receiver.url(), "delivery.failed", "message.unreached");
      var lead = subscriber.lead();
      await().until(() -> receiver.calls().size() == 2);

      var bodies = java.util.List.of(call(0), call(1));
      var failed = bodies.stream().filter(each -> each.at("/data/channel").isTextual()).findAny();
      var unreached = bodies.stream().filter(each -> each.at("/data/since").isTextual()).findAny();
      holdsAgainstTheContract(failed.orElseThrow(), "delivery.failed");
      holdsAgainstTheContract(unreached.orElseThrow(), "message.unreached");
      assertThat(failed.orElseThrow().at("/data/messageId").asText()).isEqualTo(lead.toString());
      assertThat(failed.orElseThrow().at("/data/error").asText())
          .contains("headers cannot be sent");
      assertThat(unreached.orElseThrow().at("/data/id").asText()).isEqualTo(lead.toString());
    } finally {
      refusing.close();
    }
  }

  @Test
  void the_id_and_the_bytes_stay_the_same_over_retries_and_replays_whatever_happens_meanwhile() {
    subscriber.subscribe(receiver.url(), "message.read");
    receiver.answers(500);
    var lead = subscriber.lead();
    move(lead, "read");
    await().until(() -> state(lead).equals("pending") && receiver.calls().size() == 1);

    move(lead, "archived");
    clock.advance(Duration.ofSeconds(7));
    await().until(() -> state(lead).equals("delivered"));
    service
        .database()
        .sql(
            "update messaging.deliveries set state = 'pending', ended_at = null, next_attempt_at = ? where message_id = ? and cause = 'event'")
        .params(Timestamp.from(clock.instant()), lead)
        .update();
    await().until(() -> receiver.calls().size() == 3);

    assertThat(receiver.calls())
        .extracting(FarEnd.Call::body)
        .containsOnly(receiver.calls().get(0).body());
    assertThat(receiver.calls())
        .extracting(each -> each.headers().get("webhook-id"))
        .containsOnly(receiver.calls().get(0).headers().get("webhook-id"));
  }

  @Test
  void who_did_not_ask_is_not_told() {
    subscriber.subscribe(receiver.url(), "message.archived");
    var lead = subscriber.lead();
    move(lead, "read");
    move(lead, "archived");
    await().until(() -> receiver.calls().size() == 1);
    holdsAgainstTheContract(call(0), "message.archived");
    assertThat(
            service
                .database()
                .sql("select count(*) from messaging.deliveries where business_id = ?")
                .param(subscriber.business.id())
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  private JsonNode call(int index) {
    await().until(() -> receiver.calls().size() > index);
    return service.json(receiver.calls().get(index).body());
  }

  /** As the platform does, without a word to us. */
  private void move(UUID lead, String status) {
    service
        .database()
        .sql(
            "update public.messages set status = ?, acknowledged_at = '2026-03-01T10:30:00+01', acknowledged_by = business_id where id = ?")
        .params(status, lead)
        .update();
  }

  private String state(UUID lead) {
    return service
        .database()
        .sql("select state from messaging.deliveries where message_id = ? and cause = 'event'")
        .param(lead)
        .query(String.class)
        .single();
  }
}
