package com.callback.messaging.delivery.channel.email.sendgrid;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Shows that SendGrid refuses an account, for the operator to correct. Its status counts neither
 * for the whole nor for readiness: deliveries wait or go by another provider, and no restart helps.
 */
@Component("sendGridHealthIndicator")
public class SendGridHealth implements HealthIndicator {

  private static final Logger LOG = LoggerFactory.getLogger(SendGridHealth.class);
  private static final Status REFUSED = new Status("REFUSED");

  private record Refusal(int status, Instant since) {}

  private final Clock clock;
  private final Map<String, SendGridAccount> accounts;
  private final Map<String, Refusal> refusals = new ConcurrentSkipListMap<>();
  private volatile boolean hasResponded;

  SendGridHealth(SendGridSettings settings, Clock clock) {
    this.accounts = settings.accounts();
    this.clock = clock;
  }

  /**
   * Takes the status of a response: 401 and 403 are about the account, a success ends that.
   *
   * @param provider whose account it is: {@code sendgrid} or {@code sendgrid-standby}
   * @param status null where none came
   */
  public void responded(String provider, Integer status) {
    if (status == null) {
      return;
    }
    hasResponded = true;
    if (status == 401 || status == 403) {
      if (refusals.putIfAbsent(provider, new Refusal(status, clock.instant())) == null) {
        LOG.error("SendGrid responded {}: {}", status, remedy(provider, status));
      }
    } else if (status / 100 == 2) {
      refusals.remove(provider);
    }
  }

  /** The first account that is refused; the other may still send. */
  @Override
  public Health health() {
    for (var refused : refusals.entrySet()) {
      var known = refused.getValue();
      return Health.status(REFUSED)
          .withDetail("provider", refused.getKey())
          .withDetail("status", known.status())
          .withDetail("since", known.since().toString())
          .withDetail("remedy", remedy(refused.getKey(), known.status()))
          .build();
    }
    return (hasResponded ? Health.up() : Health.unknown()).build();
  }

  private String remedy(String provider, int status) {
    var variable = accounts.get(provider).apiKeyVariable();
    return status == 401
        ? "check " + variable
        : "give the key %s the permission Mail Send, and verify the sender CHANNELS_EMAIL_FROM at SendGrid"
            .formatted(variable);
  }
}
