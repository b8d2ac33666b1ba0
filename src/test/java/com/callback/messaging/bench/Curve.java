package com.callback.messaging.bench;

import com.callback.messaging.bench.Callers.Sent;
import java.util.Arrays;

/** How the rate of accepted leads rises after a start, from when each was answered. */
final class Curve {

  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;

  private final long begun;
  private final long[] answeredAt;

  Curve(Sent sent) {
    this.begun = sent.at()[0];
    this.answeredAt = sent.answeredAt().clone();
    Arrays.sort(answeredAt);
  }

  /** Leads and seconds since the first request. */
  record Point(int leads, double seconds) {}

  /** How many were answered in each second. */
  double[] perSecond() {
    var seconds = new double[(int) ((end() - begun) / SECOND)];
    for (var at : answeredAt) {
      var second = (int) ((at - begun) / SECOND);
      if (second < seconds.length) {
        seconds[second]++;
      }
    }
    return seconds;
  }

  /** Leads per second in the last minute, or in the second half of a shorter run. */
  double fullSpeed() {
    var from = Math.max(end() - MINUTE, (begun + end()) / 2);
    var answered = Arrays.stream(answeredAt).filter(at -> at > from).count();
    return answered * (double) SECOND / (end() - from);
  }

  /** When the rate over one second first reached this share of full speed. */
  Point reached(double share) {
    var enough = fullSpeed() * share;
    var first = 0;
    for (var last = 0; last < answeredAt.length; last++) {
      while (answeredAt[first] <= answeredAt[last] - SECOND) {
        first++;
      }
      if (last - first + 1 >= enough) {
        return new Point(last + 1, (answeredAt[last] - begun) / (double) SECOND);
      }
    }
    return new Point(answeredAt.length, (end() - begun) / (double) SECOND);
  }

  /** How many were answered in these seconds since the first request. */
  long leads(int fromSecond, int toSecond) {
    return Arrays.stream(answeredAt)
        .filter(at -> at > begun + fromSecond * SECOND && at <= begun + toSecond * SECOND)
        .count();
  }

  private long end() {
    return answeredAt[answeredAt.length - 1];
  }
}
