package com.callback.messaging.platform.startup;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.core.env.PropertyResolver;

/** Whether parts may be embedded: in development yes, in production never. */
public enum OperatingMode {
  DEVELOPMENT,
  PRODUCTION;

  /** The mode that messaging.mode names, in whatever case. */
  public static OperatingMode of(PropertyResolver settings) {
    String wanted = settings.getProperty("messaging.mode", "development").trim();
    return Arrays.stream(values())
        .filter(mode -> mode.name().equalsIgnoreCase(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new StartFailure(
                    "messaging.mode is '"
                        + wanted
                        + "': set MESSAGING_MODE to development or production."));
  }

  /**
   * What development leaves unlimited, where nothing costs money: {@code
   * ${messaging.development.unlimited:5}} is 0 there, and 5 in production.
   */
  Map<String, Object> defaults() {
    return this == DEVELOPMENT
        ? Map.of("messaging.development.unlimited", 0, "messaging.development.single", 1)
        : Map.of();
  }

  void refuseEmbedded(List<Part> embedded) {
    if (this == PRODUCTION && !embedded.isEmpty()) {
      String missing =
          embedded.stream()
              .map(part -> SettingName.asVariable(part.address()))
              .collect(Collectors.joining(", "));
      throw new StartFailure(
          "In production mode nothing may run inside the process: set " + missing + ".");
    }
  }

  /**
   * In production people reach the service by https, or their session cookie is refused, and a
   * provider that is paid for knows who we are.
   */
  void checkProduction(PropertyResolver settings) {
    if (this != PRODUCTION) {
      return;
    }
    String url = settings.getProperty("messaging.public-url", "").trim();
    if (!url.regionMatches(true, 0, "https://", 0, "https://".length())) {
      throw new StartFailure(
          "In production mode people reach the service by https: set MESSAGING_PUBLIC_URL to its address, such as https://callbacks.example.com (it is '"
              + url
              + "').");
    }
    if (settings.getProperty("channels.sms.enabled", Boolean.class, true)
        && Part.SMS.isNeeded(settings)) {
      for (String name : List.of("channels.sms.username", "channels.sms.password")) {
        if (settings.getProperty(name, "").isBlank()) {
          throw new StartFailure(
              "The SMS provider takes nothing without a log-in: set %s, or CHANNELS_SMS_ENABLED=false."
                  .formatted(SettingName.asVariable(name)));
        }
      }
    }
  }
}
