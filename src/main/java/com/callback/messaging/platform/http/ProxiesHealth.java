package com.callback.messaging.platform.http;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Names the proxies that should be named in the settings. It counts neither for the whole nor for
 * readiness: no restart mends it.
 */
@Component("unnamedProxiesHealthIndicator")
class ProxiesHealth implements HealthIndicator {

  private static final Status UNNAMED = new Status("UNNAMED");

  private final UnnamedProxies proxies;

  ProxiesHealth(UnnamedProxies proxies) {
    this.proxies = proxies;
  }

  @Override
  public Health health() {
    var addresses = proxies.addresses();
    return addresses.isEmpty()
        ? Health.up().build()
        : Health.status(UNNAMED)
            .withDetail("addresses", addresses)
            .withDetail("setting", "MESSAGING_HTTP_TRUSTED_PROXIES")
            .build();
  }
}
