package com.callback.messaging.delivery.action;

import com.callback.messaging.platform.startup.StartFailure;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What an operator decides about action links. */
@Component
class ActionLinkSettings {

  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(90);

  private final boolean isEnabled;
  private final Duration validFor;

  ActionLinkSettings(
      @Value("${messaging.action-links.enabled}") boolean isEnabled,
      @Value("${messaging.action-links.valid-for}") Duration validFor) {
    if (validFor.compareTo(SHORTEST) < 0 || validFor.compareTo(LONGEST) > 0) {
      throw new StartFailure(
          "messaging.action-links.valid-for is %s: set MESSAGING_ACTION_LINKS_VALID_FOR to a duration from 1h to 90d, such as 7d."
              .formatted(validFor));
    }
    this.isEnabled = isEnabled;
    this.validFor = validFor;
  }

  /** Whether notifications have such links, and those of earlier ones still work. */
  boolean isEnabled() {
    return isEnabled;
  }

  /** For how long a link works. */
  Duration validFor() {
    return validFor;
  }
}
