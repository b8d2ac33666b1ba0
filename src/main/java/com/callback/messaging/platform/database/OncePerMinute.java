package com.callback.messaging.platform.database;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a log from saying the same more than once a minute, however often it happens. */
final class OncePerMinute {

  private static final Duration QUIET = Duration.ofMinutes(1);

  private final Clock clock;
  private final Map<String, Instant> last = new ConcurrentHashMap<>();

  OncePerMinute(Clock clock) {
    this.clock = clock;
  }

  /** Whether to say it now. */
  boolean allows(String what) {
    var now = clock.instant();
    var kept =
        last.compute(what, (key, at) -> at == null || !now.isBefore(at.plus(QUIET)) ? now : at);
    // The same object, not the same moment: two may ask within one tick of the clock.
    return kept == now;
  }
}
