package com.callback.messaging.delivery.digest;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Names the businesses whose digest could not be opened. They are for a person to look at: their
 * status counts neither for the whole nor for readiness, because no restart helps.
 */
@Component("digestsHealthIndicator")
class DigestHealth implements HealthIndicator {

  private static final Status SOME_FAIL = new Status("SOME_FAIL");
  private static final int NAMED = 20;

  private final DigestTroubles troubles;

  DigestHealth(DigestTroubles troubles) {
    this.troubles = troubles;
  }

  @Override
  public Health health() {
    var all = troubles.all();
    var named =
        Health.status(all.isEmpty() ? Status.UP : SOME_FAIL).withDetail("failing", all.size());
    all.entrySet().stream()
        .limit(NAMED)
        .forEach(each -> named.withDetail(each.getKey(), each.getValue()));
    return named.build();
  }
}
