package com.callback.messaging.bench;

import java.time.Instant;

/** The wall clock in microseconds: what processes of one machine have in common. */
final class Micros {

  private Micros() {}

  static long now() {
    var now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }
}
