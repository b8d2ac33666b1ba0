package com.callback.messaging.delivery.confirmation;

import com.callback.messaging.platform.startup.OperatingMode;
import com.callback.messaging.platform.startup.StartFailure;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What {@code messaging.confirm-recipients} says; without it, what the mode says. */
@Component
class ConfiguredRequirement implements ConfirmationRequirement {

  private final boolean isRequired;

  ConfiguredRequirement(
      @Value("${messaging.confirm-recipients}") String configured, OperatingMode mode) {
    this.isRequired =
        switch (configured.strip()) {
          case "" -> mode == OperatingMode.PRODUCTION;
          case "true" -> true;
          case "false" -> false;
          default ->
              throw new StartFailure(
                  "messaging.confirm-recipients is '%s': set MESSAGING_CONFIRM_RECIPIENTS to true or false."
                      .formatted(configured));
        };
  }

  @Override
  public boolean isRequired() {
    return isRequired;
  }
}
