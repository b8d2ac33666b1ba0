package com.callback.messaging.bench;

import com.callback.messaging.bench.Callers.Pace;
import com.callback.messaging.bench.Callers.Sent;

/** How many leads a second are taken in. */
final class Accepting {

  static final String ACCEPTED = "accepted per second";
  static final String REFUSED = "refused";

  private Accepting() {}

  /** One turn; the leads have two deliveries each, which nobody sends. */
  static int take(Contestant contestant, Column column, double seconds) {
    var sent = contestant.send(contestant.waiting(), Pace.seconds(seconds));
    tell(sent, column);
    return sent.accepted();
  }

  /** What was accepted, and how long the answers took. */
  static void tell(Sent sent, Column column) {
    var millis = sent.answerMillis();
    column.add(ACCEPTED, "", sent.perSecond());
    column.add("answer, p50", "ms", Figure.percentile(millis, 50));
    column.add("answer, p99", "ms", Figure.percentile(millis, 99));
    column.add(REFUSED, "", sent.refused());
    if (sent.refused() > 0) {
      System.out.println("Refused: " + sent.refused() + ", such as " + sent.refusal());
    }
  }
}
