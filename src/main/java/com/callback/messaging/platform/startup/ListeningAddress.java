package com.callback.messaging.platform.startup;

import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Development listens on this machine only, unless {@code SERVER_ADDRESS} says otherwise: its
 * sandbox shows everybody's mail, links that sign in included.
 */
public final class ListeningAddress
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  static final String SETTING = "server.address";

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    var settings = context.getEnvironment();
    if (OperatingMode.of(settings) == OperatingMode.DEVELOPMENT) {
      settings
          .getPropertySources()
          .addLast(new MapPropertySource("this machine only", Map.of(SETTING, "127.0.0.1")));
    }
  }
}
