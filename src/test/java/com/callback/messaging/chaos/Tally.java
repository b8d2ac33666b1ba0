package com.callback.messaging.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What came of a run: who was promised what, and what arrived. */
final class Tally {

  private final Cluster cluster;
  private final Visitors visitors;
  private final List<Past> past;
  private final Ledger ledger;

  /** To be taken when nobody asks any more and every delivery has ended. */
  Tally(Cluster cluster, Visitors visitors, List<Past> past) {
    this.cluster = cluster;
    this.visitors = visitors;
    this.past = past;
    this.ledger = new Ledger(cluster.database());
  }

  /**
   * Fails unless every lead that got a 202 is kept, and has arrived on each channel.
   *
   * @param resendSms whether an SMS that may have arrived was to be sent again
   */
  void requireNothingLost(boolean resendSms) {
    assertThat(lost()).as("leads with a 202 that are not in the database").isEmpty();
    assertThat(ledger.states().keySet())
        .as("states at the end; those that did not end well: %s", ledger.complaints())
        .isSubsetOf("sent", "delivered", "unknown");
    assertThat(deliveries()).as("owed deliveries").isEqualTo(ledger.owed());
    assertThat(deliveries())
        .as("one delivery for each lead and channel")
        .isEqualTo((long) kept() * Tuning.CHANNELS.size());
    for (var channel : Tuning.CHANNELS) {
      assertThat(unseen(channel)).as("deliveries by %s that never arrived", channel).isEmpty();
      assertThat(duplicates(channel))
          .as("deliveries by %s that arrived again", channel)
          .isLessThanOrEqualTo(bound(channel));
    }
    requireSms(resendSms);
    requireHonestAnswers();
  }

  int accepted() {
    return visitors.accepted().size();
  }

  List<String> lost() {
    var kept = ledger.leads();
    return visitors.accepted().stream().filter(lead -> !kept.contains(lead)).toList();
  }

  /** Leads in the database: also of visitors who did not wait for the answer. */
  int kept() {
    return ledger.leads().size();
  }

  long deliveries() {
    return ledger.states().values().stream().mapToLong(Long::longValue).sum();
  }

  int duplicates(String channel) {
    return cluster.receivers().on(channel).duplicates();
  }

  /**
   * The most duplicates that the troubles may explain: what was under way when an instance could
   * not record it, and what a killed database forgot.
   */
  int bound(String channel) {
    return past.stream()
        .mapToInt(
            one ->
                one.trouble().cut() * Tuning.IN_FLIGHT + one.forgotten().getOrDefault(channel, 0))
        .sum();
  }

  /** Deliveries that are neither sent again nor known to have arrived. */
  int unknown(String channel) {
    return ledger.unknown(channel).size();
  }

  /** Those of unknown outcome that did not arrive. */
  long unknownAndUnseen(String channel) {
    return ledger.unknown(channel).stream().filter(unread(channel)).count();
  }

  long refused(int status) {
    return visitors.refused().getOrDefault(status, 0L);
  }

  long unanswered() {
    return visitors.unanswered();
  }

  Duration slowest() {
    return ledger.slowest();
  }

  /**
   * By kind of trouble, in the order of their names: how long after its end all went on, at worst.
   */
  Map<String, Duration> recoveries() {
    var worst = new TreeMap<String, Duration>();
    past.forEach(
        one ->
            recovery(one)
                .ifPresent(
                    time ->
                        worst.merge(
                            one.trouble().name(),
                            time,
                            (before, now) -> before.compareTo(now) > 0 ? before : now)));
    return worst;
  }

  /** By kind of trouble: how often it was made. */
  Map<String, Integer> times() {
    var times = new LinkedHashMap<String, Integer>();
    past.forEach(one -> times.merge(one.trouble().name(), 1, Integer::sum));
    return times;
  }

  private List<String> unseen(String channel) {
    var arrivals = cluster.receivers().on(channel);
    return ledger.deliveries(channel).stream().filter(id -> !arrivals.has(id)).toList();
  }

  private Predicate<String> unread(String channel) {
    var arrivals = cluster.receivers().on(channel);
    return id -> !arrivals.hasRead(id);
  }

  private void requireSms(boolean resend) {
    if (resend) {
      assertThat(unknown("sms")).as("SMS given up as unknown").isZero();
    } else {
      assertThat(cluster.receivers().on("sms").readTwice())
          .as("SMS that were sent again although they may have arrived")
          .isZero();
    }
  }

  private void requireHonestAnswers() {
    assertThat(visitors.refused().keySet())
        .as("answers that were no 202; the last one that was no 503: %s", visitors.lastUnexpected())
        .isSubsetOf(Set.of(503));
    assertThat(visitors.withoutRetryAfter()).as("503 without Retry-After").isZero();
  }

  private Optional<Duration> recovery(Past one) {
    return one.trouble().over().apply(cluster).stream()
        .map(pulse -> pulse.waitAfter(one.endedAt()))
        .flatMap(Optional::stream)
        .max(Duration::compareTo);
  }
}
