package com.callback.messaging.delivery.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ServiceTest;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A business sees what became of what it is owed. */
@ServiceTest
class DeliveryListTest extends StoredDeliveries {

  @Test
  void a_list_goes_through_all_of_them_once_also_when_they_are_of_one_moment() {
    for (int i = 0; i < 120; i++) {
      delivery("failed");
    }
    var seen = new ArrayList<String>();
    String cursor = "";
    do {
      var page = ok("GET", "listDeliveries", "/api/deliveries?state=failed&limit=50" + cursor);
      page.get("items").forEach(item -> seen.add(item.get("id").asText()));
      // What is added meanwhile does not move the pages.
      delivery("failed", Duration.ofSeconds(1));
      cursor = page.get("next").isNull() ? null : "&cursor=" + page.get("next").asText();
    } while (cursor != null);
    assertThat(seen).hasSize(120);
    assertThat(new HashSet<>(seen)).hasSize(120);
  }

  @Test
  void a_page_has_fifty_unless_asked_and_two_hundred_at_most() {
    for (int i = 0; i < 51; i++) {
      delivery("held");
    }
    assertThat(ok("GET", "listDeliveries", "/api/deliveries").get("items")).hasSize(50);
    assertThat(field(refused(400, "GET", "/api/deliveries?limit=201"))).isEqualTo("limit");
  }

  @Test
  void every_filter_narrows_the_list_and_the_count() {
    var wanted = delivery("failed", Duration.ofHours(-2));
    delivery("held", Duration.ofHours(-2));
    delivery("failed");
    var filters =
        List.of(
            "state=failed,cancelled&olderThan=" + moment(Duration.ofHours(-1)),
            "state=failed&newerThan=%s&olderThan=%s"
                .formatted(moment(Duration.ofHours(-3)), moment(Duration.ofHours(-1))),
            "channel="
                + CHANNEL
                + "&cause=reply&state=failed&olderThan="
                + moment(Duration.ofHours(-1)));
    for (var filter : filters) {
      assertThat(ids("/api/deliveries?" + filter)).as(filter).containsExactly(wanted.toString());
      assertThat(ok("GET", "countDeliveries", "/api/deliveries/count?" + filter).get("count"))
          .isEqualTo(service.json("1"));
    }
    assertThat(ids("/api/deliveries?channel=email")).isEmpty();
    assertThat(ids("/api/deliveries?target=" + wanted)).isEmpty();
    assertThat(ids("/api/deliveries?messageId=" + wanted)).isEmpty();
    assertThat(ids("/api/deliveries?unreached=true")).isEmpty();
    assertThat(ids("/api/deliveries?undelivered=true")).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "state=lost | state",
        "channel=A%00 | channel",
        "target=7 | target",
        "messageId=7 | messageId",
        "cause=luck | cause",
        "olderThan=yesterday | olderThan",
        "newerThan=2026-13-01T00:00:00Z | newerThan",
        "undelivered=maybe | undelivered",
        "cursor=%21%21 | cursor",
        "cursor=bm90aGluZw | cursor",
        "colour=red | colour"
      })
  void a_filter_that_is_none_is_named(String query, String field) {
    assertThat(field(refused(400, "GET", "/api/deliveries?" + query))).isEqualTo(field);
  }

  @Test
  void a_cursor_of_other_filters_is_refused() {
    delivery("failed");
    delivery("failed");
    var next =
        ok("GET", "listDeliveries", "/api/deliveries?limit=1&state=failed").get("next").asText();
    assertThat(ids("/api/deliveries?limit=2&state=failed&cursor=" + next)).hasSize(1);
    assertThat(field(refused(400, "GET", "/api/deliveries?limit=1&state=held&cursor=" + next)))
        .isEqualTo("cursor");
  }

  @Test
  void the_log_of_a_delivery_tells_each_call_the_newest_last() {
    var delivery = delivery("failed");
    for (int attempt = 1; attempt <= 3; attempt++) {
      service
          .database()
          .sql(
              """
              insert into messaging.delivery_attempts (delivery_id, business_id, attempt, started_at, duration_ms, outcome, status_code, answer, error, provider)
              select id, business_id, ?, created_at, 12, 'temporary', 503, 'busy', 'The remote server responded 503', 'http'
              from messaging.deliveries where id = ?
              """)
          .params(attempt, delivery)
          .update();
    }
    var log = ok("GET", "listAttempts", "/api/deliveries/{id}/attempts", delivery, null);
    assertThat(log.get("items"))
        .extracting(call -> call.get("attempt").asInt())
        .containsExactly(1, 2, 3);
    assertThat(
            call(stranger, "GET", "/api/deliveries/" + delivery + "/attempts", null).statusCode())
        .isEqualTo(404);
    refused(404, "GET", "/api/deliveries/" + UUID.randomUUID() + "/attempts");
  }

  @Test
  void what_has_not_arrived_is_one_count() {
    delivery("failed");
    delivery("held", Duration.ofHours(-1));
    delivery("pending");
    delivery("pending", Duration.ofMinutes(-6));
    delivery("sending", Duration.ofMinutes(-6));
    delivery("delivered");
    delivery("sent");
    delivery("cancelled");
    var replaced = delivery("failed");
    fallback(replaced, "sent");

    var figures = ok("GET", "countUndelivered", "/api/deliveries/undelivered");

    assertThat(figures.get("count").asInt()).isEqualTo(4);
    assertThat(figures.get("unreachedLeads").asInt()).isZero();
    var channel = figures.at("/channels/0");
    assertThat(channel.get("failed").asInt()).isEqualTo(1);
    assertThat(channel.get("held").asInt()).isEqualTo(1);
    assertThat(channel.get("late").asInt()).isEqualTo(2);
    assertThat(channel.get("oldest").asText()).isNotEmpty();
    assertThat(ids("/api/deliveries?undelivered=true")).hasSize(4);
    assertThat(
            service
                .json(call(stranger, "GET", "/api/deliveries/undelivered", null).body())
                .get("count")
                .asInt())
        .isZero();
  }

  @Test
  void a_business_that_is_owed_nothing_is_told_so() {
    assertThat(ok("GET", "countUndelivered", "/api/deliveries/undelivered").toString())
        .isEqualTo("{\"count\":0,\"unreachedLeads\":0,\"channels\":[]}");
    assertThat(ok("GET", "countDeliveries", "/api/deliveries/count").get("count").asInt()).isZero();
  }

  private void fallback(UUID replaced, String state) {
    service
        .database()
        .sql("update messaging.deliveries set fallback_of = ? where id = ?")
        .params(replaced, delivery(state))
        .update();
  }

  private String moment(Duration from) {
    return clock.instant().plus(from).truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
