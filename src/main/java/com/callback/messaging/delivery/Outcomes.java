package com.callback.messaging.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/**
 * Decides what follows from an attempt: the arrows of the delivery's state chart that leave {@code
 * sending}.
 */
@Component
public class Outcomes {

  private final Channels channels;
  private final Failures failures;
  private final Reasons reasons;
  private final Backoff backoff;
  private final Clock clock;
  private final RandomGenerator random = RandomGenerator.getDefault();

  Outcomes(Channels channels, Failures failures, Reasons reasons, Backoff backoff, Clock clock) {
    this.channels = channels;
    this.failures = failures;
    this.reasons = reasons;
    this.backoff = backoff;
    this.clock = clock;
  }

  /** The far end has taken it. */
  public Outcome accepted(Delivery delivery, String providerRef) {
    var state = channels.of(delivery.channel()).acceptedAs();
    return new Outcome(state, null, now(), providerRef, null, false);
  }

  /** The attempt failed: later again, never again, or nobody knows. */
  public Outcome failed(Delivery delivery, Throwable failure) {
    var now = now();
    var reason = reasons.of(failure);
    return switch (failures.ofException(failure)) {
      case PERMANENT -> new Outcome("failed", null, now, null, reason, false);
      case TEMPORARY -> later(delivery, failure, now, reason);
      case UNKNOWN ->
          channels.of(delivery.channel()).resendWhenUnknown()
              ? later(delivery, failure, now, reason)
              : new Outcome("sent", null, now, null, reason, true);
    };
  }

  private Outcome later(Delivery delivery, Throwable failure, OffsetDateTime now, String reason) {
    return wait(delivery, reasons.retryAfter(failure))
        .map(wait -> new Outcome("pending", now.plus(wait), null, null, reason, false))
        .orElseGet(() -> new Outcome("failed", null, now, null, reason, false));
  }

  private Optional<Duration> wait(Delivery delivery, Optional<Duration> retryAfter) {
    if (delivery.attemptLimit() > 0 && delivery.attempt() >= delivery.attemptLimit()) {
      return Optional.empty();
    }
    var schedule = channels.of(delivery.channel()).schedule();
    return backoff.next(schedule, delivery.attempt(), retryAfter, random);
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock.withZone(ZoneOffset.UTC));
  }
}
