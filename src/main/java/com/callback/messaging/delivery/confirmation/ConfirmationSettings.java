package com.callback.messaging.delivery.confirmation;

import com.callback.messaging.platform.startup.StartFailure;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How many codes are sent: {@code messaging.confirmations.*}. 0 switches a limit off.
 *
 * @param perBusiness most codes of a business within 24 hours
 * @param perAddress most codes to one address within an hour, of all businesses together
 */
@ConfigurationProperties("messaging.confirmations")
record ConfirmationSettings(int perBusiness, int perAddress) {

  ConfirmationSettings {
    requireNotNegative("per-business", perBusiness);
    requireNotNegative("per-address", perAddress);
  }

  private static void requireNotNegative(String name, int value) {
    if (value < 0) {
      throw new StartFailure(
          "messaging.confirmations.%s is %d: set it to 0, which is no limit, or more."
              .formatted(name, value));
    }
  }
}
