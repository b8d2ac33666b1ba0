package com.callback.messaging.bench;

import com.callback.messaging.bench.Callers.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the service is measured in alone. */
final class Alone {

  private static final Duration INSTANCE_WARM_UP = Duration.ofSeconds(30);
  private static final int FIRST_MINUTE_SECONDS = 20;
  private static final List<String> INSTANCES =
      List.of("one instance", "two instances", "three instances");
  private static final List<String> QUARTERS =
      List.of("first quarter", "second quarter", "third quarter", "last quarter");

  private final Contestants contestants;
  private final Contestant service;
  private final Wishes wishes;
  private final Report report;
  private final Turn turn;
  private final Delivering delivering;

  Alone(Contestants contestants, Wishes wishes, Report report) {
    this.contestants = contestants;
    this.service = contestants.ours();
    this.wishes = wishes;
    this.report = report;
    turn = new Turn(contestants.database(), contestants.receiver());
    delivering = new Delivering(contestants.receiver());
  }

  /**
   * Measures what was asked for.
   *
   * @param delivered leads per second at full speed; 0 if that is not known
   */
  void measure(double delivered) {
    if (wishes.want(Wishes.DRAIN)) {
      drain();
    }
    if (wishes.want(Wishes.SOAK)) {
      soak(Math.max(SideBySide.PER_SECOND, (int) (delivered / 2)));
    }
    if (wishes.want(Wishes.INSTANCES)) {
      scale();
    }
    if (wishes.want(Wishes.ISOLATION)) {
      isolate();
    }
    if (wishes.want(Wishes.FIRST_MINUTE)) {
      firstMinute();
    }
  }

  private void drain() {
    var table = Table.ofConditions(List.of(Instance.TITLE));
    var draining = new Draining(contestants.database(), contestants.receiver(), wishes.due());
    draining.prepare(service);
    turn.take(service, table.column(Instance.TITLE), (one, column) -> draining.take(column));
    report.requireZero(table, Delivering.MISSING);
    report.table(
        "Draining %,d deliveries".formatted(wishes.due()),
        "Webhooks of 8 businesses that all become due at one moment, once. A row that says lead is per webhook here.",
        table);
    report.picture(
        "drain.svg",
        "Webhooks received in each second",
        Pictures.curves(
            "Webhooks per second, in seconds since they are due",
            Map.of(Instance.TITLE, draining.perSecond())));
  }

  private void soak(int perSecond) {
    var table = Table.ofConditions(QUARTERS);
    for (var quarter : QUARTERS) {
      var seconds = wishes.soak().toSeconds() / (double) QUARTERS.size();
      var column = table.column(quarter);
      turn.take(service, column, (one, each) -> delivering.steady(one, each, perSecond, seconds));
      column.add(
          "memory of the service",
          "MiB",
          service.usage().stream().mapToDouble(Usage::memory).sum());
      column.add("rows dead and not yet vacuumed", "", contestants.database().deadRows());
      column.add("tables and indexes", "MiB", contestants.database().size());
    }
    report.requireZero(table, Accepting.REFUSED, Delivering.MISSING);
    report.table(
        "A soak of %d s".formatted(wishes.soak().toSeconds()),
        "%d leads per second, half of full speed where that was measured; sizes are of the end of each quarter."
            .formatted(perSecond),
        table);
  }

  private void scale() {
    var table = Table.ofConditions(INSTANCES);
    for (var name : INSTANCES) {
      if (!name.equals(INSTANCES.get(0))) {
        service.start();
        delivering.awaitAll(
            service.send(service.both(), Pace.seconds(INSTANCE_WARM_UP.toSeconds())));
      }
      for (var round = 0; round < wishes.rounds(); round++) {
        turn.take(
            service,
            table.column(name),
            (one, column) -> delivering.saturate(one, column, wishes.seconds()));
      }
    }
    service.reduce();
    report.requireZero(table, Accepting.REFUSED, Delivering.MISSING);
    report.table(
        "Several instances on one database",
        "As delivering to two targets, with the connections spread over the instances. They share the cores; each has its embedded broker.",
        table);
    report.picture(
        "instances.svg",
        "Leads delivered to two targets per second",
        Pictures.bars(
            "Delivering to two targets, by instances", table, List.of(Delivering.DELIVERED)));
  }

  /** Load from outside warms more of the service than a test of itself could. */
  private void firstMinute() {
    var conditions = Map.of(0, "cold", 2, "after 2 s at full speed", 5, "after 5 s at full speed");
    var table = Table.ofConditions(List.of(0, 2, 5).stream().map(conditions::get).toList());
    for (var round = 0; round < wishes.rounds(); round++) {
      for (var seconds : List.of(0, 2, 5)) {
        service.close();
        service.start();
        if (seconds > 0) {
          delivering.awaitAll(service.send(service.both(), Pace.seconds(seconds)));
        }
        turn.take(
            service,
            table.column(conditions.get(seconds)),
            (one, column) ->
                delivering.steady(one, column, SideBySide.PER_SECOND, FIRST_MINUTE_SECONDS));
      }
    }
    report.table(
        "The first minute with a warm service and without",
        "%d leads per second for %d s, each time after a start. What the load cost at the start is not in it."
            .formatted(SideBySide.PER_SECOND, FIRST_MINUTE_SECONDS),
        table);
  }

  private void isolate() {
    var table = Table.ofConditions(List.of(Isolation.WELL, Isolation.ILL));
    var isolation = new Isolation(contestants.database(), contestants.receiver());
    for (var round = 0; round < wishes.rounds(); round++) {
      turn.take(
          service,
          table.column(Isolation.WELL),
          (one, column) -> isolation.takeWell(one, column, wishes.seconds()));
    }
    for (var round = 0; round < wishes.rounds(); round++) {
      turn.take(
          service,
          table.column(Isolation.ILL),
          (one, column) -> isolation.takeIll(one, column, wishes.seconds()));
    }
    report.requireZero(table, Accepting.REFUSED, Delivering.MISSING);
    report.table(
        "Isolation",
        "%d leads per second over %d businesses, each with a webhook on a host of its own. In the second column only the endpoints that are well count."
            .formatted(Isolation.PER_SECOND, Isolation.HOSTS),
        table);
    report.picture(
        "isolation.svg",
        "Milliseconds from a lead to its webhook at endpoints that are well",
        Pictures.bars(
            "Isolation, ms", table, List.of(Delivering.WEBHOOK_P50, Delivering.WEBHOOK_P99)));
  }
}
