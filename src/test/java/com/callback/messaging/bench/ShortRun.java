package com.callback.messaging.bench;

import com.callback.messaging.bench.Callers.Pace;
import java.nio.file.Path;
import java.util.List;

/** The benchmark in a minute: delivering to two targets, the service and the outbox in turn. */
final class ShortRun implements AutoCloseable {

  private static final double WARM_UP_SECONDS = 12;
  private static final double PEER_WARM_UP_SECONDS = 3;
  private static final double SECONDS = 2;
  private static final int TURNS = 3;

  private final Contestants contestants;

  private ShortRun(Contestants contestants) {
    this.contestants = contestants;
  }

  /** Starts both and warms them up. */
  static ShortRun start(Path folder) {
    var run = new ShortRun(Contestants.prepare(folder, Wishes.read(), List.of(Peer.Kind.OUTBOX)));
    run.outbox().start();
    run.delivered(run.outbox(), PEER_WARM_UP_SECONDS);
    run.delivered(run.contestants.ours(), WARM_UP_SECONDS);
    return run;
  }

  /** The ratio of some turns. */
  Ratio measure() {
    var ratio = new Figure("ratio", "");
    for (var i = 0; i < TURNS; i++) {
      var ours = delivered(contestants.ours(), SECONDS);
      var theirs = delivered(outbox(), SECONDS);
      System.out.printf("Delivered per second: %.0f, the outbox %.0f%n", ours, theirs);
      ratio.add(ours / theirs);
    }
    return new Ratio(ratio.median(), ratio.most());
  }

  private Contestant outbox() {
    return contestants.peers().get(0);
  }

  /** Leads per second, from the first request to the last arrival. */
  private double delivered(Contestant contestant, double seconds) {
    var sent = contestant.send(contestant.both(), Pace.seconds(seconds));
    var last = new Delivering(contestants.receiver()).awaitAll(sent).last();
    return sent.accepted() * 1e6 / (last - sent.at()[0]);
  }

  @Override
  public void close() {
    contestants.close();
  }
}
