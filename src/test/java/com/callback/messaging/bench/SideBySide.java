package com.callback.messaging.bench;

import com.callback.messaging.bench.Callers.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.ToIntBiFunction;

/** What all contestants are measured in, in turn. */
final class SideBySide {

  static final int PER_SECOND = 100;

  /** Node is fast after some seconds. */
  private static final Duration PEER_WARM_UP = Duration.ofSeconds(15);

  private static final double FIRST_SECONDS = 5;
  private static final int SLOW_MILLIS = 50;

  private final Contestants contestants;
  private final Wishes wishes;
  private final Report report;
  private final Turn turn;
  private final Delivering delivering;
  private final Table summary;
  private double delivered;

  SideBySide(Contestants contestants, Wishes wishes, Report report) {
    this.contestants = contestants;
    this.wishes = wishes;
    this.report = report;
    turn = new Turn(contestants.database(), contestants.receiver());
    delivering = new Delivering(contestants.receiver());
    summary = Table.ofContestants(contestants.names());
  }

  /** Measures what was asked for. The service is left running, the others are not. */
  void measure() {
    contestants.ours().close();
    if (wishes.want(Wishes.START)) {
      start();
    }
    warmUp();
    if (wishes.want(Wishes.ACCEPT)) {
      accept();
    }
    if (wishes.want(Wishes.DELIVER)) {
      deliver();
    }
    if (wishes.want(Wishes.SLOW)) {
      deliverSlowly();
    }
    if (wishes.want(Wishes.STEADY)) {
      steady();
    }
    memory();
    contestants.peers().forEach(Contestant::close);
  }

  /** The figures that matter most. */
  Table summary() {
    return summary;
  }

  /** Leads that the service delivered per second; 0 if that was not measured. */
  double delivered() {
    return delivered;
  }

  private void start() {
    var seconds = "start to the first accepted lead";
    var cpu = "CPU until then";
    var table = Table.ofContestants(contestants.names());
    for (var round = 0; round < wishes.rounds(); round++) {
      for (var contestant : contestants.all()) {
        contestants.database().settle();
        var column = table.column(contestant.name());
        var start = contestant.start();
        column.add(seconds, "s", start.seconds());
        column.add(cpu, "s", start.cpuSeconds());
        var sent = contestant.send(contestant.both(), Pace.rate(PER_SECOND, FIRST_SECONDS));
        var millis = sent.answerMillis();
        column.add("answers in the next 5 s, p50", "ms", Figure.percentile(millis, 50));
        column.add("answers in the next 5 s, p99", "ms", Figure.percentile(millis, 99));
        column.add(Accepting.REFUSED, "", sent.refused());
        contestant.close();
      }
    }
    report.table(
        "Start",
        "With a schema that exists, until the first 202; then %d leads per second come."
            .formatted(PER_SECOND),
        table);
    summary.take(table, seconds, seconds);
    summary.take(table, cpu, "CPU until the first accepted lead");
    report.requireZero(table, Accepting.REFUSED);
  }

  /** Leaves all of them running. */
  private void warmUp() {
    var table = Table.ofContestants(contestants.names());
    var curves = new LinkedHashMap<String, double[]>();
    for (var contestant : contestants.all()) {
      contestants.database().settle();
      contestant.start();
      var time = contestant == contestants.ours() ? wishes.warmUp() : PEER_WARM_UP;
      var sent = contestant.send(contestant.both(), Pace.seconds(time.toSeconds()));
      var curve = new Curve(sent);
      var column = table.column(contestant.name());
      column.add("full speed, accepted per second", "", curve.fullSpeed());
      for (var percent : new int[] {50, 90}) {
        var reached = curve.reached(percent / 100.0);
        column.add("%d %% of it after".formatted(percent), "s", reached.seconds());
        column.add("%d %% of it after".formatted(percent) + ", leads", "", reached.leads());
      }
      column.add("accepted in the first 10 s", "", curve.leads(0, 10));
      curves.put(contestant.name(), curve.perSecond());
      delivering.awaitAll(sent);
    }
    if (wishes.want(Wishes.WARM)) {
      report.table(
          "From a cold start to full speed",
          "From the first request of %d connections. Full speed is that of the last minute, or of the second half of a shorter run; then when the rate over one second first reached half and nine tenths of it."
              .formatted(Contestant.CONNECTIONS),
          table);
      report.picture(
          "warm.svg",
          "Accepted leads in each second after the start",
          Pictures.curves("Accepted per second, in seconds since the first request", curves));
    }
  }

  private void accept() {
    var table =
        inTurn(
            contestants.all(),
            (contestant, column) -> Accepting.take(contestant, column, wishes.seconds()));
    report.table(
        "Accepting alone",
        "%d connections, each sends the next lead when the last is answered. Each lead has two deliveries, which are stored and which nobody sends."
            .formatted(Contestant.CONNECTIONS),
        table);
    report.picture(
        "accept.svg",
        "Accepted leads per second",
        Pictures.bars(
            "Accepting alone",
            table,
            List.of(Accepting.ACCEPTED, Turn.SERVICE_CPU, Turn.DATABASE_CPU)));
    summary.take(table, Accepting.ACCEPTED, "accepting alone, leads per second");
  }

  private void deliver() {
    var table =
        inTurn(
            contestants.all(),
            (contestant, column) -> delivering.saturate(contestant, column, wishes.seconds()));
    report.table(
        "Delivering to two targets",
        "%d connections; each lead goes out by SMS and to a webhook. Counted from the first request to the last arrival."
            .formatted(Contestant.CONNECTIONS),
        table);
    report.picture(
        "deliver.svg",
        "Leads delivered to two targets per second",
        Pictures.bars(
            "Delivering to two targets",
            table,
            List.of(Delivering.DELIVERED, Turn.SERVICE_CPU, Turn.DATABASE_CPU)));
    delivered = table.median(Delivering.DELIVERED, contestants.ours().name());
    summary.take(table, Delivering.DELIVERED, "delivered to two targets, leads per second");
    summary.take(table, Turn.SERVICE_CPU, "CPU of the service per delivered lead");
    summary.take(table, Turn.DATABASE_CPU, "CPU of PostgreSQL per delivered lead");
    summary.take(table, Delivering.WEBHOOK_P50, "at full speed, lead to webhook, p50");
    summary.take(table, Delivering.WEBHOOK_P99, "at full speed, lead to webhook, p99");
  }

  private void deliverSlowly() {
    contestants.receiver().delay(SLOW_MILLIS);
    try (var wide = contestants.peer(Peer.Kind.WIDE_OUTBOX)) {
      var everyone = new ArrayList<>(contestants.all());
      if (!contestants.peers().isEmpty()) {
        wide.start();
        delivering.awaitAll(wide.send(wide.both(), Pace.seconds(PEER_WARM_UP.toSeconds())));
        everyone.add(wide);
      }
      var table =
          inTurn(
              everyone,
              (contestant, column) -> delivering.saturate(contestant, column, wishes.seconds()));
      report.table(
          "The same with receivers that take %d ms".formatted(SLOW_MILLIS),
          "What counts here is how many requests are in progress at once.",
          table);
      report.picture(
          "slow.svg",
          "Leads delivered to two slow targets per second",
          Pictures.bars(
              "Delivering to two targets that take %d ms".formatted(SLOW_MILLIS),
              table,
              List.of(Delivering.DELIVERED)));
      summary.take(
          table,
          Delivering.DELIVERED,
          "delivered to receivers that take %d ms, leads per second".formatted(SLOW_MILLIS));
    } finally {
      contestants.receiver().delay(0);
    }
  }

  private void steady() {
    var table =
        inTurn(
            contestants.all(),
            (contestant, column) ->
                delivering.steady(contestant, column, PER_SECOND, wishes.seconds()));
    report.table(
        "%d leads per second".formatted(PER_SECOND),
        "Sent on time, whatever the answers take; times count from when a lead was due to be sent.",
        table);
    var rows = List.of(Delivering.WEBHOOK_P50, Delivering.WEBHOOK_P99);
    report.picture(
        "steady.svg",
        "Milliseconds from a lead to its webhook",
        Pictures.bars("%d leads per second, ms".formatted(PER_SECOND), table, rows));
    rows.forEach(row -> summary.take(table, row, "at 100 leads per second, " + row));
  }

  private void memory() {
    var row = "memory of the service, at most";
    for (var contestant : contestants.all()) {
      var peak = contestant.usage().stream().mapToDouble(Usage::peak).sum();
      summary.column(contestant.name()).add(row, "MiB", peak);
    }
  }

  private Table inTurn(List<Contestant> everyone, ToIntBiFunction<Contestant, Column> part) {
    var table = Table.ofContestants(everyone.stream().map(Contestant::name).toList());
    for (var round = 0; round < wishes.rounds(); round++) {
      for (var contestant : everyone) {
        turn.take(contestant, table.column(contestant.name()), part);
      }
    }
    report.requireZero(table, Accepting.REFUSED, Delivering.MISSING);
    return table;
  }
}
