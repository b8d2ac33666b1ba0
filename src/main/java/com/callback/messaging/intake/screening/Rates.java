package com.callback.messaging.intake.screening;

import io.github.bucket4j.Bandwidth;
import java.time.Duration;

/** What a bucket holds and gains. */
final class Rates {

  private Rates() {}

  static Bandwidth of(long tokens, Duration within) {
    return Bandwidth.builder().capacity(tokens).refillGreedy(tokens, within).build();
  }
}
