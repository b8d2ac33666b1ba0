package com.callback.messaging.platform.database;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.platform.database.Seen.Lead;
import com.callback.messaging.platform.database.Seen.Row;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What holds of the deliveries of a business after anything that may happen to them. */
final class DeliveryRules {

  /** What the tests' businesses try next, by the channel that came first. */
  static final Map<String, List<String>> WAYS =
      Map.of("email", List.of("sms"), "sms", List.of("email"), "webhook", List.of("sms", "email"));

  private static final List<String> WORST_FIRST = List.of("failed", "pending", "sent", "delivered");

  private DeliveryRules() {}

  /**
   * Compares two moments between which one statement ran.
   *
   * @param arrows the moves that the statement may make, such as {@code pending>sending}
   */
  static void hold(Seen before, Seen after, Set<String> arrows) {
    assertThat(after.deliveries().keySet()).containsAll(before.deliveries().keySet());
    before.rows().forEach(row -> moved(row, after.deliveries().get(row.id()), arrows));
    after
        .rows()
        .filter(row -> !before.deliveries().containsKey(row.id()))
        .forEach(row -> assertThat(row.state()).as("%s", row).isIn("pending", "held"));
    after.rows().forEach(DeliveryRules::isWhole);
    balances(after);
    after.leads().values().forEach(lead -> shown(lead, before, after));
    told(before, after);
    after.rows().forEach(row -> fellBack(before.deliveries().get(row.id()), row, after));
  }

  private static void moved(Row old, Row row, Set<String> arrows) {
    var move = old.state() + ">" + row.state();
    assertThat(old.state().equals(row.state()) || arrows.contains(move)).as(move).isTrue();
    var claimed = arrows.contains("pending>sending") && !Objects.equals(old, row);
    assertThat(row.attempts()).as("%s", row).isEqualTo(old.attempts() + (claimed ? 1 : 0));
    assertThat(row.attemptsBefore()).as("%s", row).isGreaterThanOrEqualTo(old.attemptsBefore());
  }

  private static void isWhole(Row row) {
    var sending = row.state().equals("sending");
    assertThat(row.leaseUntil() != null && row.leasedBy() != null).as("%s", row).isEqualTo(sending);
    assertThat(row.endedAt() != null)
        .as("%s", row)
        .isEqualTo(row.in("sent", "delivered", "unknown", "failed", "cancelled"));
    assertThat(row.receiptDueAt() == null || row.in("unknown")).as("%s", row).isTrue();
    assertThat(row.attemptsBefore()).as("%s", row).isBetween(0, row.attempts());
  }

  /** What was counted where leads and events are written is what there is. */
  private static void balances(Seen after) {
    var owed =
        after.entries().stream()
            .filter(entry -> Set.of("message.created", "delivery.fell_back").contains(entry.type()))
            .collect(groupingBy(Seen.Entry::messageId, Collectors.summingLong(Seen.Entry::owed)));
    after
        .leads()
        .keySet()
        .forEach(lead -> assertThat((long) after.of(lead).size()).isEqualTo(owed.get(lead)));
    var told =
        after
            .rows()
            .filter(row -> row.cause().equals("event"))
            .collect(groupingBy(Row::eventId, counting()));
    after.entries().stream()
        .filter(entry -> !Set.of("message.created", "delivery.fell_back").contains(entry.type()))
        .forEach(
            entry ->
                assertThat(told.getOrDefault(entry.id(), 0L))
                    .as("%s", entry)
                    .isEqualTo(entry.owed()));
  }

  private static void shown(Lead lead, Seen before, Seen after) {
    var old = before.leads().get(lead.id());
    var rows = after.of(lead.id());
    assertThat(lead.emailStatus()).as("e-mail of %s", rows).isEqualTo(best(rows, "email"));
    assertThat(lead.smsStatus()).as("SMS of %s", rows).isEqualTo(best(rows, "sms"));
    var unreached = isWithoutHope(lead, after);
    if (lead.unreachedSince() != null || !mayBeLeftUncalled(lead, before, after)) {
      assertThat(lead.unreachedSince() != null).as("unreached by %s", rows).isEqualTo(unreached);
    }
    if (old != null && old.unreachedSince() != null && unreached) {
      assertThat(lead.unreachedSince()).isEqualTo(old.unreachedSince());
    }
    if (old != null && old.emailSentAt() != null) {
      assertThat(lead.emailSentAt()).isEqualTo(old.emailSentAt());
    }
    if (List.of("sent", "delivered").contains(String.valueOf(lead.smsStatus()))) {
      assertThat(lead.smsSentAt()).isNotNull();
    }
    assertThat(rows.stream().map(Row::targetId)).as("targets of a lead").doesNotHaveDuplicates();
  }

  private static String best(List<Row> rows, String channel) {
    return rows.stream()
        .filter(row -> row.channel().equals(channel))
        .map(
            row ->
                switch (row.state()) {
                  case "pending", "sending", "held" -> "pending";
                  case "sent", "delivered" -> row.state();
                  case "unknown" -> row.receiptDueAt() == null ? "failed" : "pending";
                  default -> "failed";
                })
        .max(java.util.Comparator.comparing(WORST_FIRST::indexOf))
        .orElse(null);
  }

  private static boolean isWithoutHope(Lead lead, Seen seen) {
    return seen.of(lead.id()).stream().noneMatch(DeliveryRules::isHopeful);
  }

  /**
   * A lead that was archived when its last hope ended is not called unreached, also not later; nor
   * one that somebody had acknowledged when its notifications were cancelled.
   */
  private static boolean mayBeLeftUncalled(Lead lead, Seen before, Seen after) {
    var old = before.leads().get(lead.id());
    return lead.status().equals("archived")
        || lead.acknowledgedAt() != null
            && after.of(lead.id()).stream().allMatch(row -> row.in("cancelled"))
        || old != null
            && (old.status().equals("archived")
                || old.unreachedSince() == null && isWithoutHope(old, before));
  }

  private static boolean isHopeful(Row row) {
    return row.in("pending", "sending", "held", "sent", "delivered") || row.receiptDueAt() != null;
  }

  /** Each loss and each failure is told once. */
  private static void told(Seen before, Seen after) {
    var lost =
        after.leads().values().stream()
            .filter(lead -> lead.unreachedSince() != null)
            .map(lead -> before.leads().get(lead.id()))
            .filter(old -> old == null || old.unreachedSince() == null)
            .count();
    assertThat(after.count("message.unreached") - before.count("message.unreached"))
        .as("message.unreached")
        .isEqualTo(lost);
    var failed =
        after
            .rows()
            .filter(row -> row.cause().equals("lead") && row.in("failed"))
            .filter(row -> !before.deliveries().get(row.id()).in("failed"))
            .count();
    assertThat(after.count("delivery.failed") - before.count("delivery.failed"))
        .as("delivery.failed")
        .isEqualTo(failed);
  }

  /** What has failed, or is not known to have arrived, has gone another way, if there was one. */
  private static void fellBack(Row old, Row row, Seen after) {
    var channels = new HashSet<String>();
    var first = row;
    while (first.fallbackOf() != null) {
      assertThat(channels.add(first.channel())).as("ways that %s came", row).isTrue();
      first = after.deliveries().get(first.fallbackOf());
    }
    if (old == null || !row.cause().equals("lead") || !hasJustBeenGivenUp(old, row)) {
      return;
    }
    var taken = after.of(row.messageId()).stream().map(Row::channel).toList();
    var open =
        WAYS.get(first.channel()).stream()
            .filter(way -> after.channels().get(way))
            .filter(way -> !taken.contains(way));
    if (after.rows().noneMatch(other -> row.id().equals(other.fallbackOf()))) {
      assertThat(open).as("ways that are left to %s", row).isEmpty();
    }
  }

  private static boolean hasJustBeenGivenUp(Row old, Row row) {
    return row.in("failed") && !old.in("failed")
        || row.in("unknown")
            && row.receiptDueAt() == null
            && (!old.in("unknown") || old.receiptDueAt() != null);
  }
}
