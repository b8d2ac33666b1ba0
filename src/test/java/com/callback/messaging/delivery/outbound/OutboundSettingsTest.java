package com.callback.messaging.delivery.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.platform.startup.OperatingMode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class OutboundSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/33, has more than 32 bits",
    "10.0.0.1/8, has bits set beyond its first 8",
    "10.0.0/8, is no network",
    "010.0.0.0/8, is no network",
    "256.0.0.0/8, is no network",
    "10.0.0.0/, must end in a number of bits",
    "10.0.0.0/-1, must end in a number of bits",
    "10.0.0.0/8/8, must end in a number of bits",
    "localhost, is no network",
    "fe80::1%eth0, is no network",
    "fd00::/129, has more than 128 bits",
    "fd00::1/64, has bits set beyond its first 64",
    "::ffff:10.0.0.0/104, has more than 32 bits",
    "'', is no network"
  })
  void a_network_that_is_none_is_named(String entry, String reason) {
    assertThatThrownBy(() -> Rules.settings(List.of("10.0.0.0/8", entry), "any"))
        .hasMessage("%s: '%s' %s", "MESSAGING_OUTBOUND_ALLOWED", entry, rest(entry, reason));
  }

  private static String rest(String entry, String reason) {
    return switch (reason) {
      case "is no network" -> reason + ": write it as 10.0.0.0/8 or fd00::/8";
      case "must end in a number of bits" -> reason + ", such as /8";
      default -> reason;
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "-1", "http", "080", "", "99999999999"})
  void a_port_that_is_none_is_refused(String port) {
    assertThatThrownBy(() -> Rules.settings(List.of(), "443", port))
        .hasMessageContaining("MESSAGING_OUTBOUND_PORTS must list numbers");
  }

  @Test
  void no_ports_at_all_are_refused() {
    assertThatThrownBy(() -> new OutboundSettings(null, null, null, 1, 1))
        .hasMessageContaining("MESSAGING_OUTBOUND_PORTS");
  }

  @Test
  void a_limit_below_one_is_refused() {
    assertThatThrownBy(() -> new OutboundSettings(null, Set.of("443"), null, 0, 1))
        .hasMessageContaining("connections");
    assertThatThrownBy(() -> new OutboundSettings(null, Set.of("443"), null, 1, 0))
        .hasMessageContaining("connections");
  }

  @Test
  void they_are_read_as_an_operator_writes_them() {
    var settings =
        bound(
            Map.of(
                "allowed", "10.0.0.0/8, fd00::/8",
                "ports", "80, 443",
                "https-only", "",
                "connections", "3",
                "connections-per-host", "2"));
    assertThat(settings.allowedRanges()).hasSize(2);
    assertThat(settings.allowsPort(443)).isTrue();
    assertThat(settings.allowsPort(8443)).isFalse();
    assertThat(settings.portsInWords()).isEqualTo("443, 80");
    assertThat(settings.httpsOnly()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "DEVELOPMENT, , false",
    "PRODUCTION, , true",
    "PRODUCTION, false, false",
    "DEVELOPMENT, true, true"
  })
  void https_is_a_must_in_production_unless_said_otherwise(
      OperatingMode mode, Boolean setting, boolean isMust) {
    var settings = new OutboundSettings(null, Set.of("443"), setting, 1, 1);
    assertThat(new OutboundRules(settings, mode, false, 8080).httpsOnly()).isEqualTo(isMust);
  }

  private static OutboundSettings bound(Map<String, String> settings) {
    var named = new java.util.HashMap<String, String>();
    settings.forEach((name, value) -> named.put("messaging.outbound." + name, value));
    return new Binder(new MapConfigurationPropertySource(named))
        .bind("messaging.outbound", OutboundSettings.class)
        .get();
  }
}
