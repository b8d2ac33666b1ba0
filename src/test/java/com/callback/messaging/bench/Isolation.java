package com.callback.messaging.bench;

import com.callback.messaging.bench.Callers.Pace;
import com.callback.messaging.bench.Callers.Sent;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What endpoints that hang or fail do to the others: 200 businesses with a webhook each, every one
 * on an address of its own.
 */
final class Isolation {

  static final int HOSTS = 200;
  static final int PER_SECOND = 100;
  static final String WELL = "all endpoints well";
  static final String ILL = "10 % hang, 10 % answer 500";

  /** Of ten endpoints the first hangs and the second fails. */
  private static final int OF_TEN = 10;

  private static final long PATIENCE_MICROS = 60_000_000;

  private final ReceiverProcess receiver;
  private final List<String> well;
  private final List<String> ill;

  Isolation(Database database, ReceiverProcess receiver) {
    this.receiver = receiver;
    this.well = funnels(database, receiver, false);
    this.ill = funnels(database, receiver, true);
  }

  /** One turn in which all endpoints are well. */
  int takeWell(Contestant contestant, Column column, double seconds) {
    return take(contestant, column, well, seconds, number -> true);
  }

  /** One turn in which a fifth of them is ill; only the others count. */
  int takeIll(Contestant contestant, Column column, double seconds) {
    return take(contestant, column, ill, seconds, number -> number % HOSTS % OF_TEN > 1);
  }

  private int take(
      Contestant contestant,
      Column column,
      List<String> funnels,
      double seconds,
      IntPredicate counts) {
    var sent = contestant.send(funnels, Pace.rate(PER_SECOND, seconds));
    var arrived = awaitAll(sent, counts);
    var millis =
        IntStream.range(0, arrived.length)
            .filter(lead -> arrived[lead] > 0 && counts.test(sent.first() + lead))
            .mapToDouble(lead -> (arrived[lead] - sent.at()[lead]) / 1_000.0)
            .toArray();
    column.add(Delivering.WEBHOOK_P50, "ms", Figure.percentile(millis, 50));
    column.add(Delivering.WEBHOOK_P99, "ms", Figure.percentile(millis, 99));
    column.add(Accepting.REFUSED, "", sent.refused());
    column.add(Delivering.MISSING, "", missing(sent, arrived, counts));
    return sent.accepted();
  }

  private long[] awaitAll(Sent sent, IntPredicate counts) {
    var begun = Micros.now();
    while (true) {
      var arrived = receiver.times(sent.first(), sent.end());
      if (missing(sent, arrived, counts) == 0 || Micros.now() - begun > PATIENCE_MICROS) {
        return arrived;
      }
      Pause.millis(100);
    }
  }

  private static long missing(Sent sent, long[] arrived, IntPredicate counts) {
    return IntStream.range(0, arrived.length)
        .filter(lead -> arrived[lead] == 0 && counts.test(sent.first() + lead))
        .count();
  }

  private static List<String> funnels(
      Database database, ReceiverProcess receiver, boolean someIll) {
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
