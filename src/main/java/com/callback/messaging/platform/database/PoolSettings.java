package com.callback.messaging.platform.database;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Connections per pool, each at least 1. Together, and times the number of instances, they must
 * stay below the server's {@code max_connections}.
 *
 * @param patience how long leads and forms wait for a connection while the database answers
 */
@ConfigurationProperties("messaging.database")
record PoolSettings(
    @DefaultValue("8") int intakeSize,
    @DefaultValue("6") int workerSize,
    @DefaultValue("4") int lookupSize,
    @DefaultValue("3") int upkeepSize,
    @DefaultValue("6") int apiSize,
    @DefaultValue("10s") Duration patience) {

  PoolSettings {
    if (Math.min(intakeSize, workerSize) < 1
        || Math.min(lookupSize, upkeepSize) < 1
        || apiSize < 1) {
      throw new IllegalArgumentException("each size must be 1 or more");
    }
  }
}
