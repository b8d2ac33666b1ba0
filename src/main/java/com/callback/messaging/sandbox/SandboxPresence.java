package com.callback.messaging.sandbox;

import com.callback.messaging.platform.startup.OperatingMode;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * The sandbox is there in every mode but production; routes ask {@code messaging.sandbox.present}.
 */
public class SandboxPresence
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    var environment = context.getEnvironment();
    var present = OperatingMode.of(environment) != OperatingMode.PRODUCTION;
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "sandbox",
                Map.of(
                    "messaging.sandbox.present", present, "messaging.sandbox.absent", !present)));
  }
}
