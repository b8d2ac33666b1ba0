package com.callback.messaging.bench;

import com.callback.messaging.bench.Callers.Pace;
import com.callback.messaging.bench.Callers.Sent;
import java.util.stream.IntStream;

/** Leads that go out by SMS and to a webhook, until the last one has arrived at both. */
final class Delivering {

  static final String DELIVERED = "delivered to both per second";
  static final String WEBHOOK_P50 = "lead sent to webhook received, p50";
  static final String WEBHOOK_P99 = "lead sent to webhook received, p99";
  static final String MISSING = "did not arrive";

  private static final long PATIENCE_MICROS = 90_000_000;

  private final ReceiverProcess receiver;

  Delivering(ReceiverProcess receiver) {
    this.receiver = receiver;
  }

  /** One turn at full speed: each connection sends the next lead when the last is answered. */
  int saturate(Contestant contestant, Column column, double seconds) {
    return take(contestant, column, Pace.seconds(seconds));
  }

  /** One turn at a steady rate, whatever the answers take. */
  int steady(Contestant contestant, Column column, int perSecond, double seconds) {
    return take(contestant, column, Pace.rate(perSecond, seconds));
  }

  /** How many were accepted. */
  private int take(Contestant contestant, Column column, Pace pace) {
    var sent = contestant.send(contestant.both(), pace);
    var count = awaitAll(sent);
    // From the first request to the last arrival: what waits at the end counts.
    column.add(DELIVERED, "", sent.accepted() * 1e6 / (count.last() - sent.at()[0]));
    var millis = webhookMillis(sent);
    column.add(WEBHOOK_P50, "ms", Figure.percentile(millis, 50));
    column.add(WEBHOOK_P99, "ms", Figure.percentile(millis, 99));
    Accepting.tell(sent, column);
    column.add(MISSING, "", count.missingOf(sent.accepted()));
    column.add("arrived more than once", "", count.again());
    return sent.accepted();
  }

  /** Waits for each lead that was accepted to arrive at both targets. */
  ReceiverProcess.Count awaitAll(Sent sent) {
    var begun = Micros.now();
    while (true) {
      var count = receiver.count(sent.first(), sent.end());
      if (count.missingOf(sent.accepted()) == 0 || Micros.now() - begun > PATIENCE_MICROS) {
        return count;
      }
      Pause.millis(100);
    }
  }

  private double[] webhookMillis(Sent sent) {
    var arrived = receiver.times(sent.first(), sent.end());
    return IntStream.range(0, arrived.length)
        .filter(lead -> arrived[lead] > 0)
        .mapToDouble(lead -> (arrived[lead] - sent.at()[lead]) / 1_000.0)
        .toArray();
  }
}
