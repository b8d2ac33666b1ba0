package com.callback.messaging.platform.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

class ListeningAddressTest {

  @Test
  void development_listens_on_this_machine_only() {
    assertThat(address(Map.of())).isEqualTo("127.0.0.1");
  }

  @Test
  void an_address_that_is_set_is_kept() {
    assertThat(address(Map.of("server.address", "0.0.0.0"))).isEqualTo("0.0.0.0");
  }

  @Test
  void production_listens_everywhere() {
    assertThat(address(Map.of("messaging.mode", "production"))).isNull();
  }

  private static String address(Map<String, Object> set) {
    var context = new GenericApplicationContext();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("test", new HashMap<>(set)));
    new ListeningAddress().initialize(context);
    return context.getEnvironment().getProperty("server.address");
  }
}
