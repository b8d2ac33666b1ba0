package com.callback.messaging.inbox.privacy;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** How leads whose time has come are let go, as statements take it. */
@Component
@EnableConfigurationProperties(RetentionSettings.class)
public class Retention {

  private final RetentionSettings settings;

  Retention(RetentionSettings settings) {
    this.settings = settings;
  }

  /** How long an archived lead can still be looked at before it is deleted, in ISO 8601. */
  public String grace() {
    return settings.grace().toString();
  }

  /** How many rows one commit takes at most. */
  public int batch() {
    return settings.batch();
  }
}
