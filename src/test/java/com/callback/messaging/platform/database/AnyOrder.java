package com.callback.messaging.platform.database;

import static com.callback.messaging.platform.database.Workers.Ending;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.delivery.engine.PendingOutcome;
import com.callback.messaging.platform.database.Seen.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One business to which things happen; after each of them the rules of deliveries hold. */
final class AnyOrder {

  private static final List<String> CHANNELS = List.of("email", "sms", "webhook");
  private static final Set<String> BY_RECORDING =
      Set.of(
          "sending>pending",
          "sending>held",
          "sending>sent",
          "sending>delivered",
          "sending>failed",
          "sending>unknown",
          // The sweep has given it up, and then its worker says what came of it.
          "unknown>pending",
          "unknown>held",
          "unknown>sent",
          "unknown>delivered",
          "unknown>failed");
  private static final Set<String> BY_RETRYING =
      Set.of(
          "held>pending",
          "sent>pending",
          "delivered>pending",
          "failed>pending",
          "unknown>pending",
          "cancelled>pending");
  private static final Set<String> BY_FOLLOWING =
      Set.of("pending>held", "held>pending", "pending>cancelled", "held>cancelled");
  private static final Set<String> BY_CANCELLING = Set.of("pending>cancelled", "held>cancelled");

  private final JdbcClient admin;
  private final Workers workers;
  private final UUID business;
  private final List<Map<String, Object>> claims = new ArrayList<>();
  private Seen seen;

  AnyOrder(JdbcClient admin, Workers workers, UUID business) {
    this.admin = admin;
    this.workers = workers;
    this.business = business;
    this.seen = Seen.of(admin, business);
  }

  void happens(What what, int pick) {
    switch (what) {
      case ACCEPT -> after(Set.of(), () -> workers.accept(business));
      case CLAIM -> claim(instance(pick), CHANNELS.get(pick % 3), 1 + pick % 4);
      case CLAIM_TOGETHER -> claimTogether(CHANNELS.get(pick % 3), 1 + pick % 2);
      case RECORD -> recordOutcomes(newest(1 + pick % 3), pick);
      case RECORD_LATE -> recordOutcomes(any(pick), pick / 7);
      case SWEEP_LOST -> after(Set.of("sending>unknown", "sending>failed"), workers::sweepLost);
      case STOP_WAITING -> after(Set.of(), workers::stopWaitingForReceipts);
      case FOLLOW_SWITCHES -> after(BY_FOLLOWING, workers::followSwitches);
      case TAKE_OVER -> after(Set.of(), () -> workers.takeOver(instance(pick)));
      case RETRY -> ofOne("retry-delivery", pick, BY_RETRYING);
      case REPLAY ->
          ofMany("replay-deliveries", "failed,unknown,sent,cancelled", pick, BY_RETRYING);
      case CANCEL -> ofOne("cancel-delivery", pick, BY_CANCELLING);
      case CANCEL_MANY -> ofMany("cancel-deliveries", "held", pick, BY_CANCELLING);
      case DISABLE -> ofSubscription("disable-webhook-subscription", pick, Set.of());
      case ENABLE -> ofSubscription("enable-webhook-subscription", pick, Set.of());
      case DELETE -> ofSubscription("delete-webhook-subscription", pick, Set.of());
      case SWITCH_CHANNEL -> switchChannel(CHANNELS.get(pick % 3));
      case CHANGE_STATUS -> changeStatus(pick);
      case CLOCK_ON ->
          workers.advance(Duration.ofSeconds(List.of(1, 50, 400, 4_000, 90_000).get(pick % 5)));
      case CLOCK_BACK -> workers.advance(Duration.ofSeconds(-(pick % 5)));
      default -> throw new IllegalArgumentException(what.name());
    }
  }

  /** With everything on, and every far end well, all that is open comes to an end. */
  void comesToAnEnd() {
    after(
        Set.of(),
        () -> {
          admin
              .sql(
                  "update public.message_channels set is_enabled = true where business_id = ? and not is_enabled")
              .param(business)
              .update();
          admin
              .sql(
                  "update messaging.webhook_subscriptions set disabled_at = null, disabled_reason = null, updated_at = ? where business_id = ? and disabled_at is not null")
              .params(java.sql.Timestamp.from(workers.now()), business)
              .update();
        });
    for (int i = 0; i < 12 && seen.isOpen(); i++) {
      workers.advance(Duration.ofHours(25));
      happens(What.SWEEP_LOST, 0);
      happens(What.STOP_WAITING, 0);
      happens(What.FOLLOW_SWITCHES, 0);
      for (var channel : CHANNELS) {
        claim("the last", channel, 50);
        recordOutcomes(newest(50), -1);
      }
    }
    assertThat(seen.rows().filter(row -> row.in("pending", "sending", "held"))).isEmpty();
  }

  private static String instance(int pick) {
    return pick % 2 == 0 ? "one" : "other";
  }

  private void claim(String instance, String channel, int most) {
    var before = seen;
    var claimed = new ArrayList<Map<String, Object>>();
    after(Set.of("pending>sending"), () -> claimed.addAll(workers.claim(instance, channel, most)));
    claimed.forEach(row -> mayBeTaken(before.deliveries().get(row.get("id")), row));
    claims.addAll(claimed);
  }

  private void claimTogether(String channel, int most) {
    var before = seen;
    var claimed = new ArrayList<Map<String, Object>>();
    after(
        Set.of("pending>sending"),
        () -> workers.claimTogether("one", "other", channel, most).forEach(claimed::addAll));
    assertThat(claimed).extracting(row -> row.get("id")).doesNotHaveDuplicates();
    claimed.forEach(row -> mayBeTaken(before.deliveries().get(row.get("id")), row));
    claims.addAll(claimed);
  }

  /** Nothing is sent before its time, nor while another holds it. */
  private void mayBeTaken(Row before, Map<String, Object> claimed) {
    var since = before.in("sending") ? before.leaseUntil() : before.nextAttemptAt();
    assertThat(since).as("%s", before).isBeforeOrEqualTo(workers.now());
    assertThat(before.in("pending") || Workers.resends(before.channel())).isTrue();
    assertThat(claimed.get("attempt")).isEqualTo(before.attempts() + 1);
  }

  private List<Map<String, Object>> newest(int most) {
    return claims.subList(Math.max(0, claims.size() - most), claims.size());
  }

  private List<Map<String, Object>> any(int pick) {
    return claims.isEmpty() ? List.of() : List.of(claims.get(pick % claims.size()));
  }

  private void recordOutcomes(List<Map<String, Object>> claims, int pick) {
    if (claims.isEmpty()) {
      return;
    }
    var before = seen;
    var outcomes = new ArrayList<PendingOutcome>();
    for (var claimed : claims) {
      var ending = ending(claimed, pick < 0 ? 0 : pick + outcomes.size());
      outcomes.add(workers.outcome(claimed, ending));
    }
    var counted = new LinkedHashSet<UUID>();
    after(BY_RECORDING, () -> counted.addAll(workers.recordOutcomes(outcomes)));
    assertThat(counted)
        .isEqualTo(
            outcomes.stream()
                .filter(each -> holds(before.deliveries().get(each.id()), each))
                .map(PendingOutcome::id)
                .collect(java.util.stream.Collectors.toSet()));
  }

  private static boolean holds(Row row, PendingOutcome outcome) {
    return row.attempts() == outcome.attempt()
        && (row.in("sending") && row.leasedBy().equals(outcome.leasedBy())
            || row.in("unknown")
                && (row.receiptDueAt() != null
                    || List.of("sent", "delivered").contains(outcome.state())));
  }

  private static Ending ending(Map<String, Object> claimed, int pick) {
    var channel = (String) claimed.get("channel");
    if (channel.equals("webhook") && claimed.get("target") == null) {
      return Ending.NEVER;
    }
    var endings =
        switch (channel) {
          case "email" -> List.of(Ending.TAKEN, Ending.LATER, Ending.NEVER);
          case "sms" -> List.of(Ending.TAKEN, Ending.LATER, Ending.NEVER, Ending.UNKNOWN);
          default -> List.of(Ending.WELL, Ending.LATER, Ending.NEVER, Ending.LATER, Ending.GONE);
        };
    return endings.get(pick % endings.size());
  }

  private void ofOne(String statement, int pick, Set<String> arrows) {
    var all = seen.rows().sorted(Comparator.comparing(Row::channel)).toList();
    if (!all.isEmpty()) {
      var id = all.get(pick % all.size()).id().toString();
      after(
          arrows,
          () ->
              workers.ask(
                  business,
                  statement,
                  Map.of(
                      "variable.input.values[id]",
                      id,
                      "variable.input.body",
                      "{\"reason\":\"test\"}")));
    }
  }

  private void ofMany(String statement, String states, int pick, Set<String> arrows) {
    var matching = seen.rows().filter(row -> row.in(states.split(","))).count();
    after(
        arrows,
        () ->
            workers.ask(
                business,
                statement,
                Map.of(
                    "variable.input.filter",
                    "{\"state\":\"" + states + "\"}",
                    "variable.input.body",
                    "{\"expectedCount\":%d,\"perMinute\":%d,\"reason\":\"test\"}"
                        .formatted(matching, 1 + pick))));
  }

  private void ofSubscription(String statement, int pick, Set<String> arrows) {
    var all =
        admin
            .sql(
                "select id::text from messaging.webhook_subscriptions where business_id = ? order by url")
            .param(business)
            .query(String.class)
            .list();
    if (!all.isEmpty()) {
      after(
          arrows,
          () ->
              workers.ask(
                  business,
                  statement,
                  Map.of(
                      "variable.input.values[id]",
                      all.get(pick % all.size()),
                      "variable.input.body",
                      "{}")));
    }
  }

  private void switchChannel(String channel) {
    after(
        Set.of(),
        () ->
            admin
                .sql(
                    "update public.message_channels set is_enabled = not is_enabled where business_id = ? and channel_type = ?")
                .params(business, channel)
                .update());
  }

  private void changeStatus(int pick) {
    after(
        Set.of(),
        () ->
            admin
                .sql(
                    "update public.messages set status = (array['read', 'acknowledged', 'responded', 'archived'])[?] where business_id = ?")
                .params(1 + pick % 4, business)
                .update());
  }

  private void after(Set<String> arrows, Runnable statement) {
    var before = seen;
    statement.run();
    seen = Seen.of(admin, business);
    DeliveryRules.hold(before, seen, arrows);
  }

  /** What may happen. */
  enum What {
    ACCEPT,
    CLAIM,
    CLAIM_TOGETHER,
    RECORD,
    RECORD_LATE,
    SWEEP_LOST,
    STOP_WAITING,
    FOLLOW_SWITCHES,
    TAKE_OVER,
    RETRY,
    REPLAY,
    CANCEL,
    CANCEL_MANY,
    DISABLE,
    ENABLE,
    DELETE,
    SWITCH_CHANNEL,
    CHANGE_STATUS,
    CLOCK_ON,
    CLOCK_BACK
  }
}
