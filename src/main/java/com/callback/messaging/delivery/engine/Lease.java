package com.callback.messaging.delivery.engine;

import org.springframework.stereotype.Component;

/** How long a claim holds. */
@Component
public class Lease {

  private final DeliverySettings settings;

  Lease(DeliverySettings settings) {
    this.settings = settings;
  }

  /** As ISO 8601, which the database reads too. */
  public String length() {
    return settings.lease().toString();
  }
}
