package com.callback.messaging.platform.http;

import com.callback.messaging.platform.startup.OperatingMode;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.env.PropertyResolver;

/**
 * How the service stops: {@code messaging.stop.*}.
 *
 * @param serveOn how long requests are served on after readiness has said 503, up to a minute; null
 *     for what the mode says
 */
@ConfigurationProperties("messaging.stop")
record StopSettings(Duration serveOn) {

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration IN_PRODUCTION = Duration.ofSeconds(5);

  StopSettings {
    if (serveOn != null && (serveOn.isNegative() || serveOn.compareTo(LONGEST) > 0)) {
      throw new IllegalArgumentException("MESSAGING_STOP_SERVE_ON must be from 0s to 60s");
    }
  }

  /** In development nobody's balancer has to notice. */
  Duration serveOn(PropertyResolver settings) {
    if (serveOn != null) {
      return serveOn;
    }
    return OperatingMode.of(settings) == OperatingMode.PRODUCTION ? IN_PRODUCTION : Duration.ZERO;
  }
}
