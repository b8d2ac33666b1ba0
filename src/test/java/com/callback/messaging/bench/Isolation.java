package com.callback.messaging.bench;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What endpoints that hang or fail do to the others: 200 businesses with a webhook each, every one
 * on an address of its own.
 */
final class Isolation {

  static final int HOSTS = 200;

  private static final int ROUNDS = 3;
  private static final int SECONDS = 20;

  /** Of ten endpoints the first hangs and the second fails. */
  private static final int OF_TEN = 10;

  private final Callers callers;
  private final ReceiverProcess receiver;
  private final Database database;

  Isolation(Callers callers, ReceiverProcess receiver, Database database) {
    this.callers = callers;
    this.receiver = receiver;
    this.database = database;
  }

  void run(Report report) {
    var alone = measure(report, funnels(false), "all endpoints well", number -> true);
    var beside =
        measure(
            report,
            funnels(true),
            "10 % hang and 10 % answer 500: the others",
            number -> number % HOSTS % OF_TEN > 1);
    report.row("ratio of the p99", "%.2f".formatted(beside / alone));
  }

  private double measure(Report report, List<String> funnels, String what, IntPredicate counts) {
    var latency = new Latency(callers, receiver, what);
    for (var i = 0; i < ROUNDS; i++) {
      latency.round(funnels, SECONDS, counts);
    }
    latency.tell(report);
    return latency.p99();
  }

  private List<String> funnels(boolean someIll) {
    return database.funnelsOfOne(
        IntStream.range(0, HOSTS)
            .mapToObj(host -> receiver.at("127.1.0." + (host + 1), path(host, someIll)))
            .toList());
  }

  private static String path(int host, boolean someIll) {
    return switch (someIll ? host % OF_TEN : OF_TEN) {
      case 0 -> "/hang";
      case 1 -> "/broken";
      default -> "/hook";
    };
  }
}
