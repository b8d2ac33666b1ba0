package com.callback.messaging.platform.instance;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Shows how many instances are live, and in which settings they differ: for a person to correct.
 */
@Component("instancesHealthIndicator")
class InstancesHealth implements HealthIndicator {

  private static final Status DIFFERENT = new Status("SETTINGS_DIFFER");

  private final Instances instances;

  InstancesHealth(Instances instances) {
    this.instances = instances;
  }

  @Override
  public Health health() {
    return Health.status(instances.differences().isEmpty() ? Status.UP : DIFFERENT)
        .withDetail("live", instances.live())
        .withDetail("differences", instances.differences())
        .build();
  }
}
