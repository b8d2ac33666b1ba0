package com.callback.messaging.platform.startup;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class ConfiguredRemotesTest {

  @ParameterizedTest
  @ValueSource(strings = {"smtp", "0", "65536", "-1", ""})
  void a_mail_port_that_is_none_is_refused(String port) {
    var settings = new MockEnvironment().withProperty("spring.mail.port", port);
    assertThatThrownBy(() -> ConfiguredRemotes.checkMail(settings))
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "spring.mail.port is '%s': set SPRING_MAIL_PORT to a number between 1 and 65535.",
            port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"banana", "app.touchsms.com.au/api", "ftp://host/x", "http://", "http://a b"})
  void an_sms_address_that_is_none_is_refused(String url) {
    var settings = new MockEnvironment().withProperty("channels.sms.url", url);
    assertThatThrownBy(() -> ConfiguredRemotes.checkSms(settings))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("CHANNELS_SMS_URL is not a web address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://app.touchsms.com.au/api", "http://127.0.0.1:9000", "HTTP://host"})
  void web_addresses_are_taken(String url) {
    var settings = new MockEnvironment().withProperty("channels.sms.url", url);
    assertThatCode(() -> ConfiguredRemotes.checkSms(settings)).doesNotThrowAnyException();
    assertThatCode(() -> ConfiguredRemotes.checkMail(settings)).doesNotThrowAnyException();
  }

  @Test
  void a_second_provider_is_held_against_the_same_form() {
    var settings =
        new MockEnvironment()
            .withProperty("channels.email.standby.host", "mail2.example.com")
            .withProperty("channels.email.standby.port", "none")
            .withProperty("channels.sms.standby.url", "");
    assertThatThrownBy(() -> ConfiguredRemotes.checkStandbys(settings))
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "channels.email.standby.port is 'none': set CHANNELS_EMAIL_STANDBY_PORT to a number between 1 and 65535.");
    settings.setProperty("channels.email.standby.host", "");
    assertThatCode(() -> ConfiguredRemotes.checkStandbys(settings)).doesNotThrowAnyException();
    settings.setProperty("channels.sms.standby.url", "banana");
    assertThatThrownBy(() -> ConfiguredRemotes.checkStandbys(settings))
        .hasMessageStartingWith("CHANNELS_SMS_STANDBY_URL is not a web address");
    settings.setProperty("channels.sms.standby.url", "https://sms.example");
    settings.setProperty("channels.sms.http.url", "sms.example/messages");
    assertThatThrownBy(() -> ConfiguredRemotes.checkStandbys(settings))
        .hasMessageStartingWith("CHANNELS_SMS_HTTP_URL is not a web address");
  }
}
