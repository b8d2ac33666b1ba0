package com.callback.messaging.abuse;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The buckets of this instance. One that nobody took from for two minutes is full: forgotten. */
final class LocalBuckets implements Buckets {

  private static final Duration FULL_AGAIN = Duration.ofMinutes(2);

  private final TimeMeter time;
  private final Cache<String, Bucket> buckets;

  /**
   * @param most how many are kept; beyond that those are forgotten that were used least
   */
  LocalBuckets(Clock clock, int most) {
    this.time = new ClockMeter(clock);
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(most)
            .expireAfterAccess(FULL_AGAIN)
            .ticker(time::currentTimeNanos)
            .build();
  }

  @Override
  public Duration take(String name, long perMinute, long tokens) {
    var probe = buckets.get(name, unused -> bucket(perMinute)).tryConsumeAndReturnRemaining(tokens);
    return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
  }

  /** How many buckets are kept. */
  long remembered() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }

  private Bucket bucket(long perMinute) {
    return Bucket.builder()
        .addLimit(Rates.perMinute(perMinute))
        .withCustomTimePrecision(time)
        .build();
  }

  private record ClockMeter(Clock clock) implements TimeMeter {

    @Override
    public long currentTimeNanos() {
      return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
