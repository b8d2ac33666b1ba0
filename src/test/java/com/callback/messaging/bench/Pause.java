package com.callback.messaging.bench;

import java.util.concurrent.locks.LockSupport;

/** Lets the measured processes have the processor. */
final class Pause {

  private Pause() {}

  static void millis(long millis) {
    var end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
