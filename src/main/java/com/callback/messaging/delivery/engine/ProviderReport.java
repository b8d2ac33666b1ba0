package com.callback.messaging.delivery.engine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What one instance, or all of them together, saw of a provider. Instances send it to each other
 * with their heartbeat.
 *
 * @param requests how many ended within the last {@link ProviderWindow#LENGTH}
 * @param failed how many of them the provider did not process
 * @param totalMs how long they took together, in milliseconds
 * @param slowestMs how long the slowest took, in milliseconds
 * @param answeredAt when the provider last processed a request; null for never
 * @param failingSince when the first request after that began which failed; null if none did
 * @param failedAt when the last one failed; null if none did
 * @param failures how many failed since then
 * @param breaker the state of the circuit breaker, {@code closed}, {@code half-open} or {@code
 *     open}; null for the only provider of a channel, which is never passed over
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ProviderReport(
    String channel,
    String provider,
    long requests,
    long failed,
    long totalMs,
    long slowestMs,
    Instant answeredAt,
    Instant failingSince,
    Instant failedAt,
    int failures,
    String breaker) {

  /** Fewer failures in a row may be chance. */
  private static final int ENOUGH_FAILURES = 3;

  /** Nobody knows any more how a provider is that was not tried for so long. */
  private static final Duration KNOWN_FOR = Duration.ofHours(1);

  private static final List<String> BREAKER_STATES = List.of("closed", "half-open", "open");

  /**
   * What instances saw together of one provider. The worst state of its circuit breakers counts.
   */
  static ProviderReport together(String channel, String provider, List<ProviderReport> seen) {
    var answeredAt = latest(seen, ProviderReport::answeredAt);
    var failing = seen.stream().filter(each -> each.failsAfter(answeredAt)).toList();
    var first =
        failing.stream()
            .map(ProviderReport::failingSince)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null);
    return new ProviderReport(
        channel,
        provider,
        sum(seen, ProviderReport::requests),
        sum(seen, ProviderReport::failed),
        sum(seen, ProviderReport::totalMs),
        seen.stream().mapToLong(ProviderReport::slowestMs).max().orElse(0),
        answeredAt,
        first != null && answeredAt != null && first.isBefore(answeredAt) ? answeredAt : first,
        latest(failing, ProviderReport::failedAt),
        (int) sum(failing, ProviderReport::failures),
        seen.stream()
            .map(ProviderReport::breaker)
            .filter(Objects::nonNull)
            .max(Comparator.comparingInt(BREAKER_STATES::indexOf))
            .orElse(null));
  }

  /** Whether several requests in a row have failed, the last one not long ago. */
  boolean isDown(Instant now) {
    return failures >= ENOUGH_FAILURES && isKnown(failedAt, now);
  }

  /** {@code up}, {@code down}, or {@code unknown} if the provider was not tried within an hour. */
  String state(Instant now) {
    if (isDown(now)) {
      return "down";
    }
    return isKnown(answeredAt, now) ? "up" : "unknown";
  }

  /** The share of requests that the provider processed, from 0 to 1; null without requests. */
  Double successRate() {
    return requests == 0 ? null : Math.round(1000.0 * (requests - failed) / requests) / 1000.0;
  }

  /** How long a request took on average, in milliseconds; null without requests. */
  Long averageMs() {
    return requests == 0 ? null : totalMs / requests;
  }

  private boolean failsAfter(Instant answered) {
    return failedAt != null && (answered == null || failedAt.isAfter(answered));
  }

  private static boolean isKnown(Instant moment, Instant now) {
    return moment != null && moment.isAfter(now.minus(KNOWN_FOR));
  }

  private static Instant latest(
      List<ProviderReport> seen, Function<ProviderReport, Instant> moment) {
    return seen.stream()
        .map(moment)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static long sum(List<ProviderReport> seen, ToLongFunction<ProviderReport> count) {
    return seen.stream().mapToLong(count).sum();
  }
}
