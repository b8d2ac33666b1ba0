package com.callback.messaging.inbox.export;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many exports may be under way on an instance, each at least 1.
 *
 * @param perBusiness of one business
 * @param atOnce of all together
 */
@ConfigurationProperties("messaging.export")
record ExportSettings(@DefaultValue("2") int perBusiness, @DefaultValue("8") int atOnce) {

  ExportSettings {
    if (perBusiness < 1 || atOnce < 1) {
      throw new IllegalArgumentException("each must be 1 or more");
    }
  }
}
