package com.callback.messaging.bench;

import com.callback.messaging.bench.Callers.Pace;
import com.callback.messaging.bench.Callers.Sent;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** How long it takes from a visitor's click to the webhook, at a steady rate of leads. */
final class Latency {

  private static final int PER_SECOND = 100;
  private static final long PATIENCE_MICROS = 60_000_000;

  private final Callers callers;
  private final ReceiverProcess receiver;
  private final Figure half;
  private final Figure most;
  private final Figure left = new Figure("left behind", "");

  Latency(Callers callers, ReceiverProcess receiver, String what) {
    this.callers = callers;
    this.receiver = receiver;
    this.half = new Figure(what + ", p50", "ms");
    this.most = new Figure(what + ", p99", "ms");
  }

  /**
   * One round.
   *
   * @param counts whether the target of a lead with this number is one whose arrival counts
   */
  void round(List<String> funnels, int seconds, IntPredicate counts) {
    var sent = callers.send(funnels, Pace.rate(PER_SECOND, seconds));
    if (sent.refused() > 0) {
      throw new IllegalStateException(sent.refused() + " leads were not accepted");
    }
    var arrived = awaitAll(sent, counts);
    var millis =
        IntStream.range(0, arrived.length)
            .filter(lead -> arrived[lead] > 0 && counts.test(sent.first() + lead))
            .mapToDouble(lead -> (arrived[lead] - sent.at()[lead]) / 1_000.0)
            .toArray();
    half.add(Figure.percentile(millis, 50));
    most.add(Figure.percentile(millis, 99));
  }

  void tell(Report report) {
    report.figure(half);
    report.figure(most);
    require(report);
  }

  /** As {@link #tell}, of one contestant among others. */
  void compare(Report report) {
    report.compared(half, half.name() + " in ms, at %d leads per second".formatted(PER_SECOND));
    report.compared(most, most.name() + " in ms, at %d leads per second".formatted(PER_SECOND));
    require(report);
  }

  private void require(Report report) {
    report.figure(left);
    report.require(left.isZero(), left.name());
  }

  double p99() {
    return most.median();
  }

  private long[] awaitAll(Sent sent, IntPredicate counts) {
    var begun = Micros.now();
    while (true) {
      var arrived = receiver.times(sent.first(), sent.end());
      var missing =
          IntStream.range(0, arrived.length)
              .filter(lead -> arrived[lead] == 0 && counts.test(sent.first() + lead))
              .count();
      if (missing == 0 || Micros.now() - begun > PATIENCE_MICROS) {
        left.add(missing);
        return arrived;
      }
      Pause.millis(100);
    }
  }
}
