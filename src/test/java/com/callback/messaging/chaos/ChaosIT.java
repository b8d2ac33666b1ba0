package com.callback.messaging.chaos;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The whole suite, by {@code ./mvnw verify -Pchaos}: every kind of trouble, twice, with other
 * seeds. {@code -Dchaos.seed=} begins with another one, {@code -Dchaos.runs=1} makes one run,
 * {@code -Dchaos.leads=} sends more, {@code -Dchaos.per-second=} sends faster: on two cores more
 * than 40 leave a killed instance no time to start beside a busy one.
 */
@Tag("chaos")
class ChaosIT {

  private static final long SEED = Long.getLong("chaos.seed", 20_001);
  private static final int RUNS = Integer.getInteger("chaos.runs", 2);
  private static final int LEADS = Integer.getInteger("chaos.leads", 20_000);
  private static final int PER_SECOND = Integer.getInteger("chaos.per-second", 40);

  private static final String INTRODUCTION =
      """
      # What survives

      Made by `./mvnw verify -Pchaos`: two instances of the packaged service, PostgreSQL and ActiveMQ as processes of their own,
      killed, stopped, slowed and cut off in an order that the seed decides, while people ask for call backs and receivers
      misbehave. In the first run an SMS that may have arrived is sent again; in a second run it is not.

      A delivery may arrive again when a trouble came between its arrival and its record: what one instance has under way, for
      each time, and what a killed database had not written yet. Recovery is the time from the end of a trouble (for a killed
      instance: from its new start) to the next 202 or delivery of all that it concerned.

      """;

  private final Report report = new Report();

  @Test
  void nothing_that_was_accepted_is_lost_whatever_goes_wrong() {
    for (int run = 0; run < RUNS; run++) {
      System.out.printf("Chaos with seed %d%n", SEED + run);
      make(new Run(SEED + run, LEADS, PER_SECOND, run % 2 == 0, Troubles.all()));
    }
    Optional.ofNullable(System.getProperty("chaos.docs"))
        .ifPresent(file -> report.write(Path.of(file), INTRODUCTION));
  }

  /** What there is to tell is told after each run, also after one that fails. */
  private void make(Run run) {
    try {
      run.into(report);
    } finally {
      report.write(Path.of("target", "chaos", "report.md"), INTRODUCTION);
      System.out.println(report.figures());
      System.out.println(report.troubles());
    }
  }
}
