package com.callback.messaging.intake.origin;

import com.callback.messaging.platform.startup.OperatingMode;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which pages of other origins may use the whole API: {@code messaging.app-origins}.
 *
 * @param appOrigins exact origins, such as {@code https://app.example.com}; none by default
 * @param mode development or production
 */
@ConfigurationProperties("messaging")
record CrossOriginSettings(List<String> appOrigins, OperatingMode mode) {

  CrossOriginSettings {
    appOrigins = List.copyOf(Optional.ofNullable(appOrigins).orElse(List.of()));
    var mayBeLocal = mode != OperatingMode.PRODUCTION;
    for (var origin : appOrigins) {
      WebOrigin.remedy(origin, mayBeLocal)
          .ifPresent(
              remedy -> {
                throw new IllegalArgumentException(
                    "MESSAGING_APP_ORIGINS has " + origin + ". " + remedy);
              });
    }
  }
}
