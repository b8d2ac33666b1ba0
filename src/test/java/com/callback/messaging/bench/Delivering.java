package com.callback.messaging.bench;

import com.callback.messaging.bench.Callers.Pace;
import com.callback.messaging.bench.Callers.Sent;

/** How many leads a second arrive at both of their targets, with nothing left behind. */
final class Delivering {

  private static final int ROUNDS = 3;
  private static final int PROBE = 500;
  private static final double SECONDS_PER_ROUND = 8;
  private static final int MOST = 20_000;
  private static final long PATIENCE_MICROS = 90_000_000;

  private final Contestant contestant;
  private final ReceiverProcess receiver;

  Delivering(Contestant contestant, ReceiverProcess receiver) {
    this.contestant = contestant;
    this.receiver = receiver;
  }

  /** Measures with receivers that take so long to answer. */
  void run(Report report, int receiverMillis) {
    receiver.delay(receiverMillis);
    var accepted = new Figure("accepted per second meanwhile", "");
    var delivered = new Figure("delivered to both targets, leads per second", "");
    var again = new Figure("calls beyond the first of each", "");
    var left = new Figure("left behind", "");
    var refused = new Figure("refused", "");
    var spent = new Spent(contestant);
    var leads = (int) Math.min(MOST, PROBE + SECONDS_PER_ROUND * round(PROBE).perSecond());
    for (var i = 0; i < ROUNDS; i++) {
      spent.begin();
      var outcome = round(leads);
      left.add(outcome.count().missingOf(outcome.sent().accepted()));
      spent.end(outcome.sent().accepted());
      refused.add(outcome.sent().refused());
      accepted.add(outcome.sent().perSecond());
      delivered.add(outcome.perSecond());
      again.add(outcome.count().again());
    }
    receiver.delay(0);
    report.row("leads per round", Integer.toString(leads));
    var receivers = receiverMillis == 0 ? "" : ", receivers taking %d ms".formatted(receiverMillis);
    report.compared(delivered, "delivered to both targets per second" + receivers);
    report.figure(accepted);
    report.figure(again);
    report.figure(refused);
    report.figure(left);
    report.require(left.isZero(), left.name());
    spent.tell(report, "delivering" + receivers);
  }

  record Outcome(Sent sent, ReceiverProcess.Count count) {

    /** Leads per second, from the first one sent to the last arrival of all. */
    double perSecond() {
      return sent.accepted() * 1e6 / (count.last() - sent.at()[0]);
    }
  }

  /** Sends so many leads and waits for each that was accepted to arrive at both targets. */
  Outcome round(int leads) {
    var sent = contestant.callers().send(contestant.both(), Pace.leads(leads));
    return new Outcome(sent, awaitAll(sent));
  }

  private ReceiverProcess.Count awaitAll(Sent sent) {
    var begun = Micros.now();
    while (true) {
      var count = receiver.count(sent.first(), sent.end());
      if (count.missingOf(sent.accepted()) == 0 || Micros.now() - begun > PATIENCE_MICROS) {
        return count;
      }
      Pause.millis(100);
    }
  }
}
