package com.callback.messaging.delivery.channel.sms;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.delivery.channel.sms.SmsSettings.DryRun;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

/** The accounts are looked at, and their troubles are said where an operator looks. */
@ExtendWith(OutputCaptureExtension.class)
class SmsAccountsTest {

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final MockEnvironment settings =
      new MockEnvironment()
          .withProperty("channels.sms.url", "https://sms.example.com/api")
          .withProperty("channels.sms.username", "a")
          .withProperty("channels.sms.password", "b")
          .withProperty("channels.sms.standby.url", "https://standby.example.com");
  private final SmsAccounts accounts = accounts(false);

  private SmsAccounts accounts(boolean isSandbox) {
    var json = new ObjectMapper();
    return new SmsAccounts(
        new TouchSms(null, json, SmsSettingsTest.any(1, DryRun.NONE), settings),
        json,
        metrics,
        List.of("touchsms", "touchsms-standby", "another"),
        isSandbox);
  }

  @Test
  void every_account_that_is_used_is_looked_at_with_its_own_credentials() {
    assertThat(accounts.names()).containsExactly("touchsms", "touchsms-standby");
    assertThat(accounts.url("touchsms")).isEqualTo("https://sms.example.com/api/v2/account");
    assertThat(accounts.authorization("touchsms")).isEqualTo("Basic YTpi");
    assertThat(accounts(true).names()).as("the sandbox has none").isEmpty();
  }

  @Test
  void refused_credentials_are_logged_once_with_the_hint_that_they_may_be_swapped(
      CapturedOutput output) {
    accounts.answered("touchsms", 401, "{}");
    accounts.answered("touchsms", 401, "{}");

    assertThat(output.getAll()).containsOnlyOnce("try the two values the other way round");
    assertThat(accounts.health().getStatus().getCode()).isEqualTo("REFUSED");
    assertThat(accounts.health().getDetails()).containsEntry("touchsms", "REFUSED");
  }

  @Test
  void credits_are_a_metric_and_an_account_without_any_is_said(CapturedOutput output) {
    accounts.answered("touchsms", 200, "{\"data\":{\"credits\":24446}}");
    assertThat(accounts.health().getStatus().getCode()).isEqualTo("UP");
    assertThat(metrics.get("messaging.sms.credits").tag("provider", "touchsms").gauge().value())
        .isEqualTo(24446);

    accounts.answered("touchsms", 200, "{\"data\":{\"credits\":0}}");
    assertThat(output.getAll()).containsOnlyOnce("top it up");
    assertThat(accounts.health().getStatus().getCode()).isEqualTo("NO_CREDIT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 | {}",
        "200 | {}",
        "200 | <html>",
        "200 | {\"data\":{\"credits\":\"many\"}}",
        "| ''"
      })
  void a_response_that_says_nothing_raises_no_alarm(Integer status, String body) {
    accounts.answered("touchsms", status, body);
    assertThat(accounts.health().getStatus().getCode()).isEqualTo("UP");
    assertThat(accounts.health().getDetails()).containsEntry("touchsms", "UNKNOWN");
  }
}
