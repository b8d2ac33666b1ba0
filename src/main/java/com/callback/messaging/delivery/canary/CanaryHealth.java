package com.callback.messaging.delivery.canary;

import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Names the step that a canary did not reach in time. It is for a person to look at: its status
 * counts neither for the whole nor for readiness, because no restart helps.
 */
@Component("canaryHealthIndicator")
class CanaryHealth implements HealthIndicator {

  private static final Status MISSING = new Status("CANARY_MISSING");

  private final Canaries canaries;

  CanaryHealth(Canaries canaries) {
    this.canaries = canaries;
  }

  @Override
  public Health health() {
    var seen = canaries.seen();
    var health =
        canaries.hasFailed()
            ? Health.status(MISSING)
            : seen.has("endedAt") ? Health.up() : Health.unknown();
    for (var name : List.of("problem", "missing", "reason", "since", "endedAt")) {
      if (seen.has(name)) {
        health.withDetail(name, seen.path(name).asText());
      }
    }
    return health.build();
  }
}
