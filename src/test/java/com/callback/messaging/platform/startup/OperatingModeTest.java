package com.callback.messaging.platform.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class OperatingModeTest {

  private final MockEnvironment settings =
      new MockEnvironment()
          .withProperty("messaging.public-url", "https://callbacks.example.com")
          .withProperty("channels.sms.username", "token")
          .withProperty("channels.sms.password", "secret");

  @ParameterizedTest
  @ValueSource(strings = {"", "http://callbacks.example.com", "http://localhost:8080", "callbacks"})
  void production_refuses_a_public_address_without_https(String url) {
    settings.setProperty("messaging.public-url", url);
    assertThatThrownBy(() -> OperatingMode.PRODUCTION.checkProduction(settings))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("set MESSAGING_PUBLIC_URL");
    assertThatCode(() -> OperatingMode.DEVELOPMENT.checkProduction(settings))
        .doesNotThrowAnyException();
  }

  @Test
  void production_refuses_an_sms_provider_without_a_password_unless_sms_is_off() {
    settings.setProperty("channels.sms.password", "");
    assertThatThrownBy(() -> OperatingMode.PRODUCTION.checkProduction(settings))
        .hasMessageContaining("set CHANNELS_SMS_PASSWORD, or CHANNELS_SMS_ENABLED=false");
    settings.setProperty("channels.sms.enabled", "false");
    assertThatCode(() -> OperatingMode.PRODUCTION.checkProduction(settings))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"http, false", "'http, touchsms', true", "touchsms, true", "touchsms-standby, false"})
  void touchsms_is_needed_only_where_it_carries_sms(String providers, boolean isNeeded) {
    settings.setProperty("channels.sms.providers", providers);
    settings.setProperty("channels.sms.url", "");
    settings.setProperty("channels.sms.password", "");
    assertThat(Part.SMS.isEmbedded(settings)).isEqualTo(isNeeded);
    assertThat(refusal()).isEqualTo(isNeeded);
  }

  private boolean refusal() {
    try {
      OperatingMode.PRODUCTION.checkProduction(settings);
      return false;
    } catch (StartFailure e) {
      return true;
    }
  }

  @Test
  void production_starts_with_everything_set() {
    assertThatCode(() -> OperatingMode.PRODUCTION.checkProduction(settings))
        .doesNotThrowAnyException();
  }
}
