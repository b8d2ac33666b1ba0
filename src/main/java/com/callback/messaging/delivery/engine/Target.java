package com.callback.messaging.delivery.engine;

import java.util.UUID;

/** An endpoint of one business, on a host that others may have endpoints on too. */
record Target(String host, UUID queueId, UUID businessId) {

  /** How its circuit breaker is named. */
  String name() {
    return host + " " + queueId;
  }
}
