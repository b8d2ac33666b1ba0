package com.callback.messaging.chaos;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;

/** When something happened, each time; by the clock of {@link System#nanoTime()}. */
final class Pulse {

  private final ConcurrentSkipListSet<Long> beats = new ConcurrentSkipListSet<>();

  void beat() {
    beats.add(System.nanoTime());
  }

  /** How long after this moment it happened again; nothing if never. */
  Optional<Duration> waitAfter(long moment) {
    return Optional.ofNullable(beats.higher(moment)).map(beat -> Duration.ofNanos(beat - moment));
  }

  /** How often it happened in the time before this moment. */
  int countBefore(long moment, Duration time) {
    return beats.subSet(moment - time.toNanos(), moment).size();
  }
}
