package com.callback.messaging.inbox.privacy;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code retention.*}.
 *
 * @param grace how long a lead that was archived because of its age can still be looked at
 * @param batch how many rows one commit takes at most, 1 to 10,000
 */
@ConfigurationProperties("retention")
record RetentionSettings(Duration grace, int batch) {

  private static final int LARGEST_BATCH = 10_000;

  RetentionSettings {
    if (grace == null || grace.isNegative()) {
      throw new IllegalArgumentException("RETENTION_GRACE must be a duration such as 30d");
    }
    if (batch < 1 || batch > LARGEST_BATCH) {
      throw new IllegalArgumentException("RETENTION_BATCH must be from 1 to 10000");
    }
  }
}
