package com.callback.messaging.embedded;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class ConfiguredFarEndsTest {

  @ParameterizedTest
  @ValueSource(strings = {"smtp", "0", "65536", "-1", ""})
  void a_mail_port_that_is_none_is_refused(String port) {
    var settings = new MockEnvironment().withProperty("spring.mail.port", port);
    assertThatThrownBy(() -> ConfiguredFarEnds.checkMail(settings))
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
    assertThatThrownBy(() -> ConfiguredFarEnds.checkSms(settings))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("CHANNELS_SMS_URL is not a web address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://app.touchsms.com.au/api", "http://127.0.0.1:9000", "HTTP://host"})
  void web_addresses_are_taken(String url) {
    var settings = new MockEnvironment().withProperty("channels.sms.url", url);
    assertThatCode(() -> ConfiguredFarEnds.checkSms(settings)).doesNotThrowAnyException();
    assertThatCode(() -> ConfiguredFarEnds.checkMail(settings)).doesNotThrowAnyException();
  }
}
