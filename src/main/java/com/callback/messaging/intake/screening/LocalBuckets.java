package com.callback.messaging.intake.screening;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The buckets of this instance. One that nobody took from for as long as it takes to fill up is as
 * good as new: forgotten.
 */
final class LocalBuckets implements Buckets {

  private final TimeMeter time;
  private final Cache<String, Held> buckets;

  private record Held(Bucket bucket, Duration within) {}

  /**
   * @param most how many are kept; beyond that those are forgotten that were used least
   */
  LocalBuckets(Clock clock, int most) {
    this.time = new ClockMeter(clock);
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(most)
            .expireAfter(
                Expiry.accessing((String name, Held held) -> held.within().multipliedBy(2)))
            .ticker(time::currentTimeNanos)
            .build();
  }

  @Override
  public Duration take(String name, long most, Duration within, long tokens) {
    var probe =
        buckets
            .get(name, unused -> new Held(bucket(most, within), within))
            .bucket()
            .tryConsumeAndReturnRemaining(tokens);
    return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
  }

  /** How many buckets are kept. */
  long remembered() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }

  private Bucket bucket(long most, Duration within) {
    return Bucket.builder().addLimit(Rates.of(most, within)).withCustomTimePrecision(time).build();
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
