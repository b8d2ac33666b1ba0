package com.callback.messaging.delivery.engine;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What holds for all channels: {@code delivery.*} in the configuration. Routes read most of it
 * themselves; here it is checked at the start.
 *
 * @param lease how long a claim holds unless it is renewed: longer than any request can take
 * @param renewMs how often to look for leases to renew
 * @param deadlineMs after how long a request ends, however slowly the response comes
 * @param perHost how many requests may be under way to one host, from this instance
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
   * @param window how many of the last requests count
   * @param minimumCalls fewer than these say nothing
   * @param failureRate in percent: from this share of requests without a response, or slow ones, on
   * @param slow what counts as a slow request
   * @param rest how long the breaker stays open
   * @param trialCalls how many requests then test the host, while the breaker is half-open
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
