package com.callback.messaging.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All parts are away at once, or the broker is for longer. */
class OutagesIT {

  private static final long SEED = Long.getLong("chaos.seed", 7);
  private static final Duration SOON = Duration.ofMinutes(2);

  @Test
  void nothing_that_was_accepted_is_lost_when_everything_is_killed_at_once() {
    try (var cluster =
        new Cluster(Run.emptyFolder("everything-killed"), Tuning.settings(true), 1)) {
      var everything =
          Troubles.all().stream()
              .filter(trouble -> trouble.name().equals(Troubles.EVERYTHING))
              .toList();
      var visitors = new Visitors(cluster, 100);
      List<Past> past;
      try (visitors) {
        visitors.awaitAccepted(500, SOON);
        past = new Plan(cluster, everything, SEED).run(() -> true);
        visitors.awaitAccepted(1_000, SOON);
      }
      new Ledger(cluster.database()).awaitEnd(SOON);
      new Tally(cluster, visitors, past).requireNothingLost(true);
    }
  }

  @Test
  void mails_go_out_while_the_broker_is_away_and_wake_ups_resume_when_it_is_back() {
    var away = Duration.parse(System.getProperty("chaos.broker-away", "PT8S"));
    try (var cluster = new Cluster(Run.emptyFolder("broker-away"), Tuning.settings(true), 1)) {
      cluster.broker().close();
      var mails = cluster.receivers().on("email").pulse();
      try (var visitors = new Visitors(cluster, 20)) {
        long since = System.nanoTime();
        await()
            .pollInterval(Duration.ofSeconds(1))
            .atMost(away.plus(SOON))
            .until(() -> System.nanoTime() - since > away.toNanos());
        visitors.close();
        new Ledger(cluster.database()).awaitEnd(SOON);
        assertThat(mails.waitAfter(since)).as("the first mail by the sweep").isPresent();
        new Tally(cluster, visitors, List.of()).requireNothingLost(true);
      }
      cluster.restartBroker();
      try (var visitors = new Visitors(cluster, 20)) {
        // A delivery that leaves at once needs no wake-up: only what finds no free slot does.
        behave(cluster, Mood.HANGING);
        await()
            .atMost(SOON)
            .until(
                () ->
                    Tuning.CHANNELS.stream()
                        .allMatch(channel -> cluster.broker().handedOut("deliver." + channel) > 0));
        behave(cluster, Mood.WELL);
        visitors.awaitAccepted(20, SOON);
      }
      new Ledger(cluster.database()).awaitEnd(SOON);
    }
  }

  private static void behave(Cluster cluster, Mood mood) {
    Tuning.CHANNELS.forEach(channel -> cluster.receivers().behave(channel, mood));
  }
}
