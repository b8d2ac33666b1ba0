package com.callback.messaging.delivery.engine;

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
    return Outcome.accepted(state, now(), providerRef);
  }

  /** The attempt failed: later again, never again, or nobody knows. */
  public Outcome failed(Delivery delivery, Throwable failure) {
    var now = now();
    var reason = reasons.of(failure);
    return switch (failures.ofException(failure)) {
      case PERMANENT ->
          isGone(delivery, failure) ? Outcome.gone(now, reason) : Outcome.failed(now, reason);
      case TEMPORARY -> later(delivery, failure, now, reason);
      case UNKNOWN -> unknown(delivery, failure, now, reason);
    };
  }

  /** 410 from a webhook asks that nothing more be sent there, ever. */
  private boolean isGone(Delivery delivery, Throwable failure) {
    return delivery.target() != null && delivery.target().has("url") && failures.isGone(failure);
  }

  private Outcome unknown(Delivery delivery, Throwable failure, OffsetDateTime now, String reason) {
    var settings = channels.of(delivery.channel());
    return settings.resendWhenUnknown()
        ? later(delivery, failure, now, reason)
        : Outcome.unknown(now, reason, now.plus(settings.receiptWait()));
  }

  private Outcome later(Delivery delivery, Throwable failure, OffsetDateTime now, String reason) {
    return wait(delivery, failure)
        .map(wait -> Outcome.later(now.plus(wait), reason))
        .orElseGet(() -> Outcome.failed(now, reason));
  }

  private Optional<Duration> wait(Delivery delivery, Throwable failure) {
    if (delivery.attemptLimit() > 0 && delivery.round() >= delivery.attemptLimit()) {
      return Optional.empty();
    }
    var settings = channels.of(delivery.channel());
    var triedEach = delivery.round() - settings.providers().size();
    if (triedEach < 0) {
      // Another provider may work where this one does not: that is not worth a wait.
      return Optional.of(Duration.ZERO);
    }
    var failed = triedEach + 1;
    if (failures.isRefusedBySettings(failure)) {
      // An operator's setting delays a delivery and never ends it: the last step comes again.
      failed = Math.min(failed, Math.max(1, settings.schedule().size()));
    }
    return backoff.next(settings.schedule(), failed, reasons.retryAfter(failure), random);
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock.withZone(ZoneOffset.UTC));
  }
}
