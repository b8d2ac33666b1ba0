package com.callback.messaging.bench;

import com.callback.messaging.bench.Callers.Pace;

/** How many leads a second are taken in. */
final class Accepting {

  private static final int ROUNDS = 5;
  private static final double SECONDS = 5;

  private final Figure accepted = new Figure("accepted per second", "");
  private final Contestant contestant;

  Accepting(Contestant contestant) {
    this.contestant = contestant;
  }

  /**
   * Measures, with the floor in between.
   *
   * @return the median, in leads per second
   */
  double run(Report report, Floor floor) {
    if (floor != null) {
      floor.warmUp(SECONDS / 2);
    }
    var spent = new Spent(contestant);
    for (var i = 0; i < ROUNDS; i++) {
      spent.begin();
      var sent = contestant.callers().send(contestant.waiting(), Pace.seconds(SECONDS));
      spent.end(sent.accepted());
      accepted.add(sent.perSecond());
      if (floor != null) {
        floor.round(SECONDS / 2);
      }
    }
    report.compared(accepted, "accepted per second");
    spent.tell(report, "accepting");
    return accepted.median();
  }
}
