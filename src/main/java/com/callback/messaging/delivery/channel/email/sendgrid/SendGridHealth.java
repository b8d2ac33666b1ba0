package com.callback.messaging.delivery.channel.email.sendgrid;

import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Shows that SendGrid refuses the account, for the operator to correct. Its status counts neither
 * for the whole nor for readiness: deliveries wait or go by another provider, and no restart helps.
 */
@Component("sendGridHealthIndicator")
public class SendGridHealth implements HealthIndicator {

  private static final Logger LOG = LoggerFactory.getLogger(SendGridHealth.class);
  private static final Status REFUSED = new Status("REFUSED");

  private record Refusal(int status, Instant since) {}

  private final Clock clock;
  private volatile Refusal refusal;
  private volatile boolean hasResponded;

  SendGridHealth(Clock clock) {
    this.clock = clock;
  }

  /**
   * Takes the status of a response: 401 and 403 are about the account, a success ends that.
   *
   * @param status null where none came
   */
  public synchronized void responded(Integer status) {
    if (status == null) {
      return;
    }
    hasResponded = true;
    if (status == 401 || status == 403) {
      if (refusal == null) {
        refusal = new Refusal(status, clock.instant());
        LOG.error("SendGrid responded {}: {}", status, remedy(status));
      }
    } else if (status / 100 == 2) {
      refusal = null;
    }
  }

  @Override
  public Health health() {
    var known = refusal;
    if (known == null) {
      return (hasResponded ? Health.up() : Health.unknown()).build();
    }
    return Health.status(REFUSED)
        .withDetail("status", known.status())
        .withDetail("since", known.since().toString())
        .withDetail("remedy", remedy(known.status()))
        .build();
  }

  private static String remedy(int status) {
    return status == 401
        ? "check CHANNELS_EMAIL_SENDGRID_API_KEY"
        : "give the API key the permission Mail Send, and verify the sender CHANNELS_EMAIL_FROM at SendGrid";
  }
}
