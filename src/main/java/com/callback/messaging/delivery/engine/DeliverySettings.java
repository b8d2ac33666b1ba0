package com.callback.messaging.delivery.engine;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What holds for all channels: {@code delivery.*} in the configuration. Routes read most of it
 * themselves; here it is checked at the start.
 *
 * @param lease how long a claim holds unless it is renewed: longer than any call can take
 * @param renewMs how often to look for leases to renew
 * @param deadlineMs after how long a call ends, however slowly its answer drips
 * @param perHost how many calls may be under way to one host, from this instance
 * @param disableSubscriptionAfter how long every attempt must have failed
 * @param jitter by what share each wait of a schedule is varied either way, from 0 to below 1
 */
@ConfigurationProperties("delivery")
public record DeliverySettings(
    Duration lease,
    double jitter,
    long sweepMs,
    long renewMs,
    long quickRetryMs,
    int connectTimeoutMs,
    int responseTimeoutMs,
    long deadlineMs,
    long wakeUpTtlMs,
    int perHost,
    Duration disableSubscriptionAfter,
    Breaker breaker) {

  /**
   * When a host is left alone.
   *
   * @param window how many of its last calls are looked at
   * @param minimumCalls fewer than these say nothing
   * @param failureRate in percent: from this share of calls without an answer, or slow ones, on
   * @param slow what counts as a slow call
   * @param rest how long it is left alone
   * @param trialCalls how many calls then find out whether it is well
   */
  public record Breaker(
      int window,
      int minimumCalls,
      int failureRate,
      Duration slow,
      Duration rest,
      int trialCalls) {}

  private static final int RENEWALS = 4;

  public DeliverySettings {
    requirePositive("sweep-ms", sweepMs);
    requirePositive("renew-ms", renewMs);
    requirePositive("quick-retry-ms", quickRetryMs);
    requirePositive("connect-timeout-ms", connectTimeoutMs);
    requirePositive("response-timeout-ms", responseTimeoutMs);
    requirePositive("deadline-ms", deadlineMs);
    requirePositive("wake-up-ttl-ms", wakeUpTtlMs);
    requirePositive("per-host", perHost);
    if (!(jitter >= 0 && jitter < 1)) {
      throw new IllegalArgumentException("jitter must be a fraction from 0 to below 1");
    }
    if (lease.toMillis() < RENEWALS * renewMs) {
      throw new IllegalArgumentException(
          "lease must be " + RENEWALS + " times renew-ms or longer, or a busy machine loses it");
    }
    if (lease.toMillis() <= connectTimeoutMs + Math.max(deadlineMs, responseTimeoutMs)) {
      throw new IllegalArgumentException(
          "lease must be longer than connect-timeout-ms and deadline-ms together, and than connect-timeout-ms and response-timeout-ms");
    }
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more");
    }
  }
}
