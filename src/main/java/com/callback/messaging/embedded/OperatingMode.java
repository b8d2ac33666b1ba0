package com.callback.messaging.embedded;

import java.util.Arrays;
import java.util.List;
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
}
