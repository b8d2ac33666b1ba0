package com.callback.messaging.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures the packaged service beside two programs that do the same, and judges nothing: {@code
 * ./mvnw verify -Pbench}. {@link Wishes} are its properties.
 */
class Benchmark {

  private final Wishes wishes = Wishes.read();
  private final Report report = new Report();

  @TempDir(factory = TargetFolder.class)
  Path folder;

  @Test
  void what_this_machine_reaches() {
    assumeTrue(wishes.wantOneOf(Wishes.ORDINARY) || wishes.want(Wishes.FIRST_MINUTE));
    var where = wishes.isWhole() ? Path.of("docs", "benchmarks") : Path.of("target", "benchmarks");
    var kinds = kinds();
    if (wishes.want(Wishes.RATIO) && !kinds.isEmpty()) {
      try (var run = ShortRun.start(folder.resolve("short"))) {
        run.measure().write(where);
      }
    }
    try (var contestants = Contestants.prepare(folder.resolve("all"), wishes, kinds)) {
      var together = new SideBySide(contestants, wishes, report);
      together.measure();
      new Alone(contestants, wishes, report).measure(together.delivered());
      report.write(
          where.resolve("README.md"),
          intro(contestants.database().version())
              + String.join("\n", together.summary().lines())
              + "\n");
    }
    assertThat(report.broken()).as("what no figure may have").isEmpty();
  }

  private List<Peer.Kind> kinds() {
    if (!wishes.peers()) {
      return List.of();
    }
    if (!Peer.isPossible()) {
      System.out.println("\nNothing to compare with: install Node 20 or newer, with npm.");
      return List.of();
    }
    return List.of(Peer.Kind.OUTBOX, Peer.Kind.PG_BOSS);
  }

  private String intro(String databaseVersion) {
    return """
        # What one small machine reaches

        Written by `./mvnw verify -Pbench` %s, Node %s.
        Medians of %d rounds (lowest to highest round); a round sends leads for %.0f s.

        **The contestants.** The packaged service with its default settings, but up to %d requests to one host, and a heap of 320 MB. Beside it
        two programs in Node that do the same work with nothing else around it: check a lead, store it with two deliveries, answer, send an SMS
        and a signed webhook, and retry. One keeps a hand-written outbox, the other uses pg-boss; their source is in `src/test/bench/peers`. They
        use 64 connections to the receiver, and for receivers that take 50 ms also 256, as many as the service may use.

        **The conditions.** All of them use the same PostgreSQL, each with a database of its own: default settings, `fsync` and
        `synchronous_commit` on, `autovacuum_naptime` 5 s so that each turn pays for its own vacuuming. They are measured in turn, round by
        round. Service, PostgreSQL, receiver and the generator of leads (%d connections) share the cores; what other processes used meanwhile is
        a row of each table. The leads are of one funnel. Each accepted lead is counted where it arrives; a run fails if one is missing.

        `-Dbench.only=` with some of `%s` runs parts. `-Dbench.rounds=1`, `-Dbench.seconds=3`,
        `-Dbench.warm-up=30`, `-Dbench.soak=30` and `-Dbench.due=20000` shorten it; `-Dbench.soak=1800` is a soak of half an hour. A run that is
        not the whole one is written to `target/benchmarks`. Pages that take longer have names of their own: `-Dbench.only=inbox`
        ([inbox.md](inbox.md)) and `-Dbench.only=dashboard` ([dashboard.md](dashboard.md)).

        ## In one table

        "÷" is how many times the service has of what the other one has.

        """
        .formatted(
            Machine.text(databaseVersion),
            Machine.nodeVersion(),
            wishes.rounds(),
            wishes.seconds(),
            Instance.PER_HOST,
            Contestant.CONNECTIONS,
            String.join(",", Wishes.ORDINARY));
  }
}
