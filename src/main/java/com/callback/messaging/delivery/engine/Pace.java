package com.callback.messaging.delivery.engine;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Lets so many requests begin within any second. The others wait for their turn, without a thread,
 * where the provider would refuse them.
 */
public final class Pace {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Waits are rounded up. */
  private static final long ALMOST_A_MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1) - 1;

  /** When the latest requests began, or will; the oldest is at {@code next}. */
  private final long[] begins;

  private int next;

  private Pace(int perSecond, long now) {
    begins = new long[perSecond];
    Arrays.fill(begins, now - SECOND);
  }

  /**
   * A pace of its own.
   *
   * @param most requests in a second; 0 for any number, which is null
   */
  public static Pace perSecond(int most) {
    return most == 0 ? null : new Pace(most, System.nanoTime());
  }

  /** Completes when the request may begin. */
  CompletionStage<Void> turn() {
    var wait = reserve(System.nanoTime());
    return wait == 0
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(wait, TimeUnit.NANOSECONDS, Runnable::run));
  }

  /** How long a request that is to begin now has to wait, in milliseconds; it has its turn then. */
  public long millisToWait() {
    return TimeUnit.NANOSECONDS.toMillis(reserve(System.nanoTime()) + ALMOST_A_MILLISECOND);
  }

  /** How long a request of this moment waits, in nanoseconds. */
  synchronized long reserve(long now) {
    var wait = Math.max(0, begins[next] + SECOND - now);
    begins[next] = now + wait;
    next = (next + 1) % begins.length;
    return wait;
  }
}
