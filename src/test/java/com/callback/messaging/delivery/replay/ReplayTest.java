package com.callback.messaging.delivery.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.ServiceTest;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A business sends again or cancels what it is owed; nobody else does. */
@ServiceTest
class ReplayTest extends StoredDeliveries {

  @ParameterizedTest
  @ValueSource(strings = {"failed", "cancelled", "sent", "delivered", "held", "pending"})
  void whatever_became_of_it_a_retry_makes_it_due_now(String state) {
    var delivery = delivery(state);
    var answer = ok("POST", "retryDelivery", "/api/deliveries/{id}/retry", delivery, null);
    assertThat(answer.get("state").asText()).isEqualTo("pending");
    assertThat(answer.get("id").asText()).isEqualTo(delivery.toString());
    assertThat(answer.get("endedAt").isNull()).isTrue();
    assertThat(
            row(
                "select attempts = 3 and attempts_before = 3 and held_reason is null and not outcome_unknown and next_attempt_at <= ? from messaging.deliveries where id = ?",
                Timestamp.from(clock.instant()),
                delivery))
        .isTrue();
  }

  @Test
  void what_is_being_sent_can_be_neither_retried_nor_cancelled() {
    var delivery = delivery("sending");
    var retry = refused(409, "POST", "/api/deliveries/" + delivery + "/retry");
    assertThat(retry.get("type").asText()).endsWith("being-sent");
    var cancel =
        service.json(
            call(writer, "POST", "/api/deliveries/" + delivery + "/cancel", Map.of("reason", "x"))
                .body());
    assertThat(cancel.get("type").asText()).endsWith("being-sent");
    assertThat(state(delivery)).isEqualTo("sending");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pending", "held"})
  void a_cancelled_delivery_says_who_and_why(String state) {
    var delivery = delivery(state);
    var answer =
        ok(
            "POST",
            "cancelDelivery",
            "/api/deliveries/{id}/cancel",
            delivery,
            Map.of("reason", "The number is wrong"));
    assertThat(answer.get("state").asText()).isEqualTo("cancelled");
    assertThat(answer.get("lastError").asText())
        .matches("Cancelled by API key cbk_[0-9a-f]{8}: The number is wrong");
    assertThat(answer.get("endedAt").isNull()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sent", "delivered", "failed", "cancelled"})
  void what_has_ended_cannot_be_cancelled(String state) {
    var delivery = delivery(state);
    var answer =
        call(writer, "POST", "/api/deliveries/" + delivery + "/cancel", Map.of("reason", "x"));
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("already-over");
    assertThat(state(delivery)).isEqualTo(state);
  }

  @Test
  void a_body_that_lacks_something_is_refused_by_the_name_of_the_field() {
    var delivery = delivery("pending");
    var cancel = "/api/deliveries/" + delivery + "/cancel";
    assertThat(field(refused(400, "POST", cancel, Map.of()))).isEqualTo("reason");
    assertThat(field(refused(400, "POST", cancel, Map.of("reason", "x\u0000"))))
        .isEqualTo("reason");
    refused(400, "POST", cancel, "{");
    refused(413, "POST", cancel, Map.of("reason", "x".repeat(70_000)));
    assertThat(field(refused(400, "POST", "/api/deliveries/replay", Map.of())))
        .isEqualTo("expectedCount");
    assertThat(
            field(
                refused(
                    400,
                    "POST",
                    "/api/deliveries/replay",
                    Map.of("expectedCount", 1, "perMinute", 0))))
        .isEqualTo("perMinute");
    assertThat(field(refused(400, "POST", "/api/deliveries/cancel", Map.of("expectedCount", 1))))
        .isEqualTo("reason");
  }

  @Test
  void another_business_can_repair_nothing_here() {
    var delivery = delivery("failed");
    for (var way : List.of("/retry", "/cancel")) {
      assertThat(
              call(
                      stranger,
                      "POST",
                      "/api/deliveries/" + delivery + way,
                      Map.of("reason", "not mine"))
                  .statusCode())
          .isEqualTo(404);
    }
    assertThat(
            call(
                    stranger,
                    "POST",
                    "/api/deliveries/replay?state=failed",
                    Map.of("expectedCount", 1))
                .statusCode())
        .isEqualTo(409);
    assertThat(service.json(call(stranger, "GET", "/api/deliveries", null).body()).get("items"))
        .isEmpty();
    assertThat(state(delivery)).isEqualTo("failed");
  }

  @Test
  void who_may_read_may_not_repair() {
    var delivery = delivery("failed");
    for (var path :
        List.of(
            "/api/deliveries/" + delivery + "/retry",
            "/api/deliveries/" + delivery + "/cancel",
            "/api/deliveries/replay",
            "/api/deliveries/cancel")) {
      assertThat(call(reader, "POST", path, Map.of("expectedCount", 1, "reason", "x")).statusCode())
          .as(path)
          .isIn(400, 403);
      assertThat(
              call("cbk_" + "0".repeat(64), "POST", path, Map.of("expectedCount", 1)).statusCode())
          .as(path)
          .isIn(400, 401);
    }
    assertThat(call(reader, "POST", "/api/deliveries/" + delivery + "/retry", null).statusCode())
        .isEqualTo(403);
    assertThat(service.get("/api/deliveries").statusCode()).isEqualTo(401);
    assertThat(call(writer, "DELETE", "/api/deliveries", null).statusCode()).isEqualTo(405);
  }

  @Test
  void a_replay_does_what_the_preview_said_and_spreads_it() {
    for (int i = 0; i < 6; i++) {
      delivery("failed", Duration.ofSeconds(-60 + i));
    }
    delivery("held");
    var preview = ok("GET", "countDeliveries", "/api/deliveries/count?state=failed");
    assertThat(preview.at("/byState/failed").asInt()).isEqualTo(6);
    assertThat(preview.at("/byChannel/" + CHANNEL).asInt()).isEqualTo(6);

    var done =
        ok(
            "POST",
            "replayDeliveries",
            "/api/deliveries/replay?state=failed",
            null,
            Map.of("expectedCount", preview.get("count").asInt(), "perMinute", 2));

    assertThat(done.get("changed").asInt()).isEqualTo(6);
    assertThat(done.get("remaining").asInt()).isZero();
    assertThat(
            service
                .database()
                .sql(
                    "select extract(epoch from next_attempt_at - min(next_attempt_at) over ())::int from messaging.deliveries where business_id = ? and state = 'pending' order by created_at")
                .param(business.id())
                .query(Integer.class)
                .list())
        .containsExactly(0, 30, 60, 90, 120, 150);
    assertThat(ids("/api/deliveries?state=held")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?undelivered=false", "?unreached=false"})
  void a_repair_of_many_without_any_filter_is_refused_and_changes_nothing(String filter) {
    var delivery = delivery("delivered");
    assertThat(
            field(
                refused(
                    400, "POST", "/api/deliveries/replay" + filter, Map.of("expectedCount", 1))))
        .isEqualTo("state");
    assertThat(
            refused(
                    400,
                    "POST",
                    "/api/deliveries/cancel" + filter,
                    Map.of("expectedCount", 1, "reason", "test"))
                .get("type")
                .asText())
        .endsWith("no-filter");
    assertThat(ids("/api/deliveries?state=delivered")).containsExactly(delivery.toString());
  }

  @Test
  void when_the_count_has_changed_nothing_is_done_and_the_new_one_is_told() {
    var first = delivery("failed");
    delivery("failed");
    var answer =
        refused(409, "POST", "/api/deliveries/replay?state=failed", Map.of("expectedCount", 1));
    assertThat(answer.get("type").asText()).endsWith("count-changed");
    assertThat(answer.at("/errors/0/detail").asText()).isEqualTo("There are 2 now.");
    answer =
        refused(
            409,
            "POST",
            "/api/deliveries/cancel?state=failed",
            Map.of("expectedCount", 3, "reason", "x"));
    assertThat(answer.at("/errors/0/detail").asText()).isEqualTo("There are 2 now.");
    assertThat(state(first)).isEqualTo("failed");
  }

  @Test
  void what_somebody_else_is_moving_at_that_moment_is_left_to_them() throws SQLException {
    var moved = delivery("failed");
    delivery("failed");
    try (var other = service.login().getConnection()) {
      other.setAutoCommit(false);
      try (var lock =
          other.prepareStatement("select from messaging.deliveries where id = ? for update")) {
        lock.setObject(1, moved);
        lock.execute();
      }
      var done =
          ok(
              "POST",
              "replayDeliveries",
              "/api/deliveries/replay?state=failed",
              null,
              Map.of("expectedCount", 2));
      assertThat(done.get("changed").asInt()).isEqualTo(1);
      assertThat(done.get("remaining").asInt()).isEqualTo(1);
      other.rollback();
    }
    assertThat(state(moved)).isEqualTo("failed");
  }

  @Test
  void at_most_ten_thousand_are_moved_at_a_time() {
    service
        .database()
        .sql(
            "insert into messaging.deliveries (business_id, cause, channel, state, attempts, next_attempt_at, created_at, updated_at) select ?, 'reply', ?, 'failed', 1, now(), now(), now() from generate_series(1, 10003)")
        .params(business.id(), CHANNEL)
        .update();
    var done =
        ok(
            "POST",
            "replayDeliveries",
            "/api/deliveries/replay?state=failed",
            null,
            Map.of("expectedCount", 10003));
    assertThat(done.get("changed").asInt()).isEqualTo(10_000);
    assertThat(done.get("remaining").asInt()).isEqualTo(3);
    done =
        ok(
            "POST",
            "cancelDeliveries",
            "/api/deliveries/cancel?channel=" + CHANNEL,
            null,
            Map.of("expectedCount", 10003, "reason", "A test"));
    assertThat(done.get("changed").asInt()).isEqualTo(10_000);
    assertThat(done.get("remaining").asInt()).isZero();
  }

  @Test
  void a_retried_webhook_arrives_again_under_the_same_id() {
    var whole = service.business();
    var key = service.key(whole, "deliveries:read", "deliveries:write", "messages:read");
    var lead = service.lead(whole, Map.of("contactName", "Ada", "contactPhone", "0412 345 678"));
    var delivery = of(lead, "webhook");
    await().until(() -> state(delivery).equals("delivered"));

    assertThat(call(key, "POST", "/api/deliveries/" + delivery + "/retry", null).statusCode())
        .isEqualTo(200);

    await()
        .untilAsserted(
            () ->
                assertThat(service.caught(whole))
                    .filteredOn(caught -> caught.path("channel").asText().equals("webhook"))
                    .extracting(caught -> caught.at("/headers/webhook-id").asText())
                    .containsExactly(delivery.toString(), delivery.toString()));
    await().until(() -> state(delivery).equals("delivered"));
    var log = call(key, "GET", "/api/deliveries/" + delivery + "/attempts", null);
    assertThat(service.json(log.body()).get("items")).hasSize(2);
  }

  @Test
  void a_message_shows_what_a_retry_brought_about_and_its_timeline_who_did_it() {
    var whole = service.business();
    var key = service.key(whole, "deliveries:write", "messages:read");
    var lead = service.lead(whole, Map.of("contactName", "Ada", "contactPhone", "0412 345 678"));
    var delivery = of(lead, "email");
    await().until(() -> state(delivery).equals("sent"));
    service
        .database()
        .sql("update messaging.deliveries set state = 'failed' where id = ?")
        .param(delivery)
        .update();
    assertThat(emailStatus(lead)).isEqualTo("failed");

    assertThat(call(key, "POST", "/api/deliveries/" + delivery + "/retry", null).statusCode())
        .isEqualTo(200);

    await().until(() -> emailStatus(lead).equals("sent"));
    assertThat(
            row(
                "select exists (select from messaging.message_events where message_id = ? and type = 'delivery.updated' and data ->> 'by' like 'API key cbk_%' and data ->> 'from' = 'failed')",
                lead))
        .isTrue();
  }

  private String emailStatus(UUID lead) {
    return service
        .database()
        .sql("select email_status from public.messages where id = ?")
        .param(lead)
        .query(String.class)
        .single();
  }

  private boolean row(String question, Object... values) {
    return service.database().sql(question).params(values).query(Boolean.class).single();
  }
}
