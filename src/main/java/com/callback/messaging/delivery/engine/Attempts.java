package com.callback.messaging.delivery.engine;

import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Begins and ends attempts. Each gives its concurrency slot and its lease back exactly once,
 * whatever becomes of it.
 */
@Component
public class Attempts {

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private final Deliveries deliveries;
  private final Providers providers;
  private final RetryPolicy retryPolicy;
  private final OutcomeQueue outcomeQueue;
  private final Admission admission;
  private final WakeUps wakeUps;

  Attempts(
      Deliveries deliveries,
      Providers providers,
      RetryPolicy retryPolicy,
      OutcomeQueue outcomeQueue,
      Admission admission,
      WakeUps wakeUps) {
    this.deliveries = deliveries;
    this.providers = providers;
    this.retryPolicy = retryPolicy;
    this.outcomeQueue = outcomeQueue;
    this.admission = admission;
    this.wakeUps = wakeUps;
  }

  /**
   * The attempts that a claim begins.
   *
   * @param claimed the rows of {@code claim-deliveries.sql}
   */
  public List<Attempt> of(String channel, ClaimQuotas quotas, List<Map<String, Object>> claimed) {
    var reader = deliveries.reader();
    return claimed.stream()
        .map(row -> new Attempt(channel, quotas, row, () -> reader.apply(row)))
        .toList();
  }

  /** The provider that carries an attempt: chosen once. */
  public String provider(Attempt attempt) {
    if (attempt.provider() == null) {
      attempt.provider(providers.choose(attempt.delivery()));
    }
    return attempt.provider();
  }

  /** The provider has accepted the delivery: it is recorded with others, and its slot is free. */
  void accepted(Attempt attempt) {
    try {
      var delivery = attempt.delivery();
      provider(attempt);
      outcomeQueue.add(attempt, retryPolicy.accepted(delivery, attempt.providerRef()));
      wakeUps.record();
    } catch (RuntimeException | Error e) {
      LOG.error(
          "A delivery by {} was accepted, which cannot be recorded ({}): it is rescued when its lease has run out",
          attempt.channel(),
          e.getClass().getSimpleName());
    } finally {
      end(attempt);
    }
  }

  /** The attempt failed: the route {@code send-failed} decides what follows, and ends it. */
  void failed(Attempt attempt, Throwable failure) {
    attempt.failed(failure);
    try {
      wakeUps.decide(attempt);
    } catch (RuntimeException | Error e) {
      end(attempt);
      LOG.warn(
          "The failure of an attempt by {} could not be handed over ({}): it is rescued when its lease has run out",
          attempt.channel(),
          e.getClass().getSimpleName());
    }
  }

  /**
   * Gives the concurrency slot and the lease back, and wakes the channel if more waits and there is
   * room for it. Does nothing the second time.
   */
  public void end(Attempt attempt) {
    if (attempt.end()) {
      var channel = attempt.channel();
      admission.done(
          channel, attempt.quotas(), attempt.row(), attempt.provider(), attempt.requests());
      wakeIfMoreWaits(channel);
    }
  }

  /** Wakes the channel if more is due and a good part of its slots is free. */
  void wakeIfMoreWaits(String channel) {
    if (admission.hasFreeSlots(channel)) {
      wakeUps.claim(channel);
    }
  }

  /** Ends those of a batch that are not under way, because it broke off before. */
  public void endUnsent(List<Attempt> batch) {
    batch.stream().filter(attempt -> !attempt.isUnderWay()).forEach(this::end);
  }
}
