package com.callback.messaging.bench;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How fast deliveries go out that all became due at once, and whether a long queue slows them. */
final class Draining {

  static final String RATE = "webhooks per second";

  /** Businesses that the leads are of, each with a webhook. */
  private static final int BUSINESSES = 8;

  /** Enough to write them, and for the server to calm down. */
  private static final int WRITING_SECONDS = 30;

  private static final long PATIENCE_MICROS = 600_000_000;

  private final Database database;
  private final ReceiverProcess receiver;
  private final int due;
  private int first;
  private long dueAt;
  private double[] perSecond = {};

  Draining(Database database, ReceiverProcess receiver, int due) {
    this.database = database;
    this.receiver = receiver;
    this.due = due;
  }

  /** Writes them to the database; they are due a while from now. */
  void prepare(Contestant contestant) {
    var webhooks =
        IntStream.rangeClosed(1, BUSINESSES)
            .mapToObj(host -> receiver.at("127.1.0." + host, "/hook"))
            .toList();
    first = contestant.numbers().take(due);
    dueAt = Micros.now() + WRITING_SECONDS * 1_000_000L;
    database.pileUp(database.funnelsOfOne(webhooks), first, first + due, WRITING_SECONDS);
    database.settle();
    Pause.millis(Math.max(0, (dueAt - Micros.now()) / 1_000));
  }

  /** From when they are due to the last arrival. */
  int take(Column column) {
    dueAt = Math.max(dueAt, Micros.now());
    var arrived = awaitAll();
    column.add(Delivering.MISSING, "", due - arrived.length);
    if (arrived.length > 0) {
      var tenth = arrived.length / 10;
      column.add(RATE, "", arrived.length * 1e6 / (arrived[arrived.length - 1] - dueAt));
      column.add("of them the second tenth", "", rate(arrived, tenth, 2 * tenth));
      column.add("and the last tenth", "", rate(arrived, arrived.length - tenth, arrived.length));
      perSecond = perSecond(arrived);
    }
    return arrived.length;
  }

  /** How many arrived in each second since they were due. */
  double[] perSecond() {
    return perSecond;
  }

  /** When each arrived, the earliest first. */
  private long[] awaitAll() {
    while (receiver.count(first, first + due).webhooks() < due
        && Micros.now() - dueAt < PATIENCE_MICROS) {
      Pause.millis(500);
    }
    return Arrays.stream(receiver.times(first, first + due))
        .filter(at -> at > 0)
        .sorted()
        .toArray();
  }

  private double[] perSecond(long[] arrived) {
    var seconds = new double[(int) ((arrived[arrived.length - 1] - dueAt) / 1_000_000) + 1];
    for (var at : arrived) {
      seconds[(int) Math.max(0, (at - dueAt) / 1_000_000)]++;
    }
    return seconds;
  }

  private static double rate(long[] arrived, int from, int to) {
    return (to - from) * 1e6 / Math.max(1, arrived[to - 1] - arrived[from]);
  }
}
