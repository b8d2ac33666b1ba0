package com.callback.messaging.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

class SandboxPresenceTest {

  @ParameterizedTest
  @CsvSource({
    "development, true",
    "Development, true",
    "production, false",
    "Production, false",
    "' PRODUCTION ', false"
  })
  void the_sandbox_is_absent_in_production_however_that_is_written(String mode, boolean isThere) {
    var context = new GenericApplicationContext();
    var settings = context.getEnvironment();
    settings
        .getPropertySources()
        .addFirst(new MapPropertySource("test", Map.of("messaging.mode", mode)));

    new SandboxPresence().initialize(context);

    assertThat(settings.getProperty("messaging.sandbox.present", Boolean.class)).isEqualTo(isThere);
    assertThat(settings.getProperty("messaging.sandbox.absent", Boolean.class)).isEqualTo(!isThere);
  }
}
