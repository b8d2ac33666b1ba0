package com.callback.messaging.delivery.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;

/**
 * The requests of this instance to one provider: numbers of the last {@link #LENGTH}, and for how
 * long it has failed.
 */
final class ProviderWindow {

  /** How long a request counts. */
  static final Duration LENGTH = Duration.ofMinutes(5);

  private static final int PARTS = 30;
  private static final long PART_SECONDS = LENGTH.toSeconds() / PARTS;

  /** SMTP replies to one message or its recipient: the mail server itself works. */
  private static final Set<Integer> OF_ONE_MESSAGE = Set.of(450, 451, 452, 550, 551, 552, 553, 554);

  private final Part[] parts = new Part[PARTS];
  private Instant answeredAt;
  private Instant failingSince;
  private Instant failedAt;
  private int failures;

  private static final class Part {

    final long number;
    long requests;
    long failed;
    long totalMs;
    long slowestMs;

    Part(long number) {
      this.number = number;
    }
  }

  /** Counts a request that has ended. */
  synchronized void add(RequestRecord request, Instant now) {
    var failed = isFailed(request);
    var part = part(now);
    part.requests++;
    part.totalMs += request.durationMs();
    part.slowestMs = Math.max(part.slowestMs, request.durationMs());
    if (!failed) {
      answeredAt = now;
      failingSince = null;
      failedAt = null;
      failures = 0;
      return;
    }
    part.failed++;
    failures++;
    failedAt = now;
    if (failingSince == null) {
      failingSince = request.startedAt();
    }
  }

  /** What was seen until now. */
  synchronized ProviderReport report(String channel, String provider, String breaker, Instant now) {
    var oldest = number(now) - PARTS;
    var recent = Arrays.stream(parts).filter(part -> part != null && part.number > oldest).toList();
    return new ProviderReport(
        channel,
        provider,
        recent.stream().mapToLong(part -> part.requests).sum(),
        recent.stream().mapToLong(part -> part.failed).sum(),
        recent.stream().mapToLong(part -> part.totalMs).sum(),
        recent.stream().mapToLong(part -> part.slowestMs).max().orElse(0),
        answeredAt,
        failingSince,
        failedAt,
        failures,
        breaker);
  }

  /** Whether the provider did not process it: what is wrong with one message says nothing of it. */
  private static boolean isFailed(RequestRecord request) {
    return switch (request.outcome()) {
      case "accepted", "permanent" -> false;
      default -> request.statusCode() == null || !OF_ONE_MESSAGE.contains(request.statusCode());
    };
  }

  private Part part(Instant now) {
    var number = number(now);
    var index = (int) (number % PARTS);
    if (parts[index] == null || parts[index].number != number) {
      parts[index] = new Part(number);
    }
    return parts[index];
  }

  private static long number(Instant now) {
    return now.getEpochSecond() / PART_SECONDS;
  }
}
