package com.callback.messaging.delivery.engine;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many sends of a channel may be under way at once on this instance: {@code in-flight}, or less
 * while a mail server takes no more. A reply that says so halves the limit; then as many accepted
 * mails as the limit has raise it by one. Deliveries beyond it wait in the outbox, and use up no
 * attempt.
 *
 * <p>Only replies of SMTP count: the operator configures that server, while a webhook is answered
 * by anybody.
 */
final class ConcurrencyLimit {

  private static final Logger LOG = LoggerFactory.getLogger(ConcurrencyLimit.class);

  /** Too many connections or mails: RFC 5321, Exchange, and Amazon SES in this order. */
  private static final Set<Integer> TOO_MANY = Set.of(421, 432, 454);

  private final String channel;
  private final int most;
  private int limit;
  private int accepted;

  /** Requests that began before the limit was lowered say nothing about the lower one. */
  private Instant loweredAt = Instant.MIN;

  /**
   * @param most the limit without any such reply, 1 or more
   */
  ConcurrencyLimit(String channel, int most) {
    this.channel = channel;
    this.most = most;
    this.limit = most;
  }

  /** How many sends may be under way now, from 1. */
  synchronized int current() {
    return limit;
  }

  /**
   * Learns from an attempt that has ended.
   *
   * @param provider who carried it; null if it did not come to that
   * @param requests that were made for it
   * @param underWay how many sends there were at that moment, this one included
   */
  synchronized void learn(String provider, List<RequestRecord> requests, int underWay) {
    if (provider == null || !provider.startsWith("smtp")) {
      return;
    }
    for (var request : requests) {
      if (!request.startedAt().isBefore(loweredAt)) {
        learn(request, underWay);
      }
    }
  }

  private void learn(RequestRecord request, int underWay) {
    if (request.statusCode() != null && TOO_MANY.contains(request.statusCode())) {
      lower(request, underWay);
    } else if (limit < most && request.outcome().equals("accepted") && ++accepted >= limit) {
      limit++;
      accepted = 0;
    }
  }

  private void lower(RequestRecord request, int underWay) {
    var before = limit;
    limit = Math.max(1, Math.min(limit, underWay) / 2);
    accepted = 0;
    loweredAt = request.startedAt().plusMillis(request.durationMs());
    if (limit < before) {
      LOG.info(
          "The mail server of {} takes no more at once ({}): {} instead of {} mails are sent at the same time, and more again as it accepts them",
          channel,
          request.statusCode(),
          limit,
          before);
    }
  }
}
