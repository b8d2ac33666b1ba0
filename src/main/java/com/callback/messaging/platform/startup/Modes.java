package com.callback.messaging.platform.startup;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The mode for whoever behaves differently in production. */
@Configuration(proxyBeanMethods = false)
class Modes {

  @Bean
  OperatingMode operatingMode(Environment settings) {
    return OperatingMode.of(settings);
  }
}
