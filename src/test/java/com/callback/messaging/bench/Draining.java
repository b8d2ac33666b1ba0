package com.callback.messaging.bench;

import java.util.Arrays;
import java.util.List;

/** How fast deliveries go out that have piled up, and whether a long queue slows them down. */
final class Draining {

  private static final int DUE = 100_000;
  private static final long PATIENCE_MICROS = 1_200_000_000;

  private final Contestant contestant;
  private final ReceiverProcess receiver;
  private final Database database;

  Draining(Contestant contestant, ReceiverProcess receiver, Database database) {
    this.contestant = contestant;
    this.receiver = receiver;
    this.database = database;
  }

  /**
   * Measures how long it takes until the last one has arrived.
   *
   * @param funnels the funnels of the leads, each with a webhook
   */
  void run(Report report, List<String> funnels) {
    var first = contestant.callers().reserve(DUE);
    var spent = new Spent(contestant);
    spent.begin();
    var begun = Micros.now();
    database.pileUp(funnels, first, first + DUE);
    var arrived = awaitAll(first, begun);
    spent.end(arrived.length);
    report.row("left behind", Integer.toString(DUE - arrived.length));
    report.require(arrived.length == DUE, "left behind in the queue");
    if (arrived.length > 0) {
      report.row("webhooks per second", rate(arrived, 0, arrived.length));
      report.row("of them the first tenth", rate(arrived, 0, arrived.length / 10));
      report.row("and the last tenth", rate(arrived, arrived.length * 9 / 10, arrived.length));
    }
    spent.tell(report, "draining");
  }

  /** When each arrived, the earliest first. */
  private long[] awaitAll(int first, long begun) {
    while (receiver.count(first, first + DUE).webhooks() < DUE
        && Micros.now() - begun < PATIENCE_MICROS) {
      Pause.millis(500);
    }
    return Arrays.stream(receiver.times(first, first + DUE))
        .filter(at -> at > 0)
        .sorted()
        .toArray();
  }

  private static String rate(long[] arrived, int from, int to) {
    return "%,.0f".formatted((to - from) * 1e6 / Math.max(1, arrived[to - 1] - arrived[from]));
  }
}
