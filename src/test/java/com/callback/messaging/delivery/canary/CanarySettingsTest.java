package com.callback.messaging.delivery.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.platform.startup.OperatingMode;
import com.callback.messaging.platform.startup.StartFailure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

/** Settings of canaries that make no sense stop the start with the setting to change. */
class CanarySettingsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "59s   | 10s | a@b.example | ''      | ''                | ''    | MESSAGING_CANARY_EVERY",
        "25h   | 2m  | a@b.example | ''      | ''                | ''    | MESSAGING_CANARY_EVERY",
        "-5m   | 2m  | a@b.example | ''      | ''                | ''    | MESSAGING_CANARY_EVERY",
        "5m    | 9s  | a@b.example | ''      | ''                | ''    | MESSAGING_CANARY_WITHIN",
        "5m    | 5m  | a@b.example | ''      | ''                | ''    | MESSAGING_CANARY_WITHIN",
        "5m    | 2m  | ''          | ''      | ''                | ''    | MESSAGING_CANARY_EVERY=0",
        "5m    | 2m  | nobody      | ''      | ''                | ''    | MESSAGING_CANARY_EMAIL",
        "5m    | 2m  | ''          | 0491570 | ''                | ''    | MESSAGING_CANARY_SMS",
        "5m    | 2m  | ''          | ''      | ftp://example.com | ''    | MESSAGING_CANARY_WEBHOOK",
        "5m    | 2m  | ''          | ''      | //example.com/x   | ''    | MESSAGING_CANARY_WEBHOOK",
        "5m    | 2m  | ''          | ''      | not a url         | ''    | MESSAGING_CANARY_WEBHOOK",
        "5m    | 2m  | a@b.example | ''      | ''                | f-1   | MESSAGING_CANARY_FUNNEL",
      })
  void a_setting_that_makes_no_sense_stops_the_start(
      String every,
      String within,
      String email,
      String sms,
      String webhook,
      String funnel,
      String remedy) {
    assertThatThrownBy(
            () ->
                canaries(
                    new CanarySettings(
                        duration(every),
                        duration(within),
                        Duration.ofHours(1),
                        email,
                        sms,
                        webhook,
                        funnel),
                    OperatingMode.DEVELOPMENT,
                    ""))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(remedy);
  }

  @Test
  void an_operator_without_an_address_stops_the_start() {
    assertThatThrownBy(() -> canaries(settings(null, ""), OperatingMode.PRODUCTION, "Kim"))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("MESSAGING_OPERATOR_EMAIL");
  }

  @ParameterizedTest
  @CsvSource({
    "PRODUCTION, a@b.example, , true",
    "PRODUCTION, '', , false",
    "PRODUCTION, a@b.example, PT0S, false",
    "DEVELOPMENT, a@b.example, , false",
    "DEVELOPMENT, a@b.example, PT5M, true"
  })
  void canaries_are_on_in_production_with_a_target_unless_the_setting_says_otherwise(
      OperatingMode mode, String email, Duration every, boolean isOn) {
    assertThat(canaries(settings(every, email), mode, "").isOn()).isEqualTo(isOn);
  }

  @ParameterizedTest
  @CsvSource({
    "'', http://127.0.0.1:8123/api/messages",
    "0.0.0.0, http://127.0.0.1:8123/api/messages",
    "10.0.0.7, http://10.0.0.7:8123/api/messages",
    "::1, http://[::1]:8123/api/messages"
  })
  void the_request_goes_to_the_address_on_which_this_instance_listens(String address, String url) {
    var environment =
        new MockEnvironment()
            .withProperty("server.address", address)
            .withProperty("local.server.port", "8123");
    assertThat(
            new Canaries(
                    settings(null, ""),
                    OperatingMode.DEVELOPMENT,
                    environment,
                    new SimpleMeterRegistry(),
                    "")
                .url())
        .isEqualTo(url);
  }

  private static CanarySettings settings(Duration every, String email) {
    return new CanarySettings(every, Duration.ofMinutes(2), Duration.ofHours(1), email, "", "", "");
  }

  private static Duration duration(String text) {
    return Duration.parse(
        text.startsWith("-") ? "-PT" + text.substring(1).toUpperCase() : "PT" + text.toUpperCase());
  }

  private static Canaries canaries(CanarySettings settings, OperatingMode mode, String operator) {
    return new Canaries(settings, mode, new MockEnvironment(), new SimpleMeterRegistry(), operator);
  }
}
