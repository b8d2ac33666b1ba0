package com.callback.messaging.support;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * Goes with the machine's clock, moved forward by as much as tests say, or stands still between two
 * moves. It never goes back.
 */
public final class MovableClock extends Clock {

  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  /** Where the time stands still; null while it goes. */
  private final AtomicReference<Instant> stopped = new AtomicReference<>();

  /** From now on the time stands still, but for moves, until {@link #go()}. */
  public void stop() {
    stopped.set(instant());
  }

  /** The time goes on from where it stood still. */
  public void go() {
    var moment = stopped.get();
    if (moment != null) {
      ahead.set(Duration.between(Instant.now(), moment));
      stopped.set(null);
    }
  }

  /** Moves the time of the whole service. */
  public void advance(Duration by) {
    if (stopped.updateAndGet(moment -> moment == null ? null : moment.plus(by)) == null) {
      ahead.accumulateAndGet(by, Duration::plus);
    }
  }

  /** Moves the time forward to a moment, if that is not yet past. */
  public void advanceTo(Instant moment) {
    var missing = Duration.between(instant(), moment);
    if (!missing.isNegative()) {
      advance(missing);
    }
  }

  @Override
  public Instant instant() {
    var moment = stopped.get();
    return moment != null ? moment : Instant.now().plus(ahead.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.offset(Clock.system(zone), Duration.between(Instant.now(), instant()));
  }

  /** Puts the clock into the service. */
  @TestConfiguration(proxyBeanMethods = false)
  public static class Setup {

    @Bean
    @Primary
    MovableClock movableClock() {
      return new MovableClock();
    }
  }
}
