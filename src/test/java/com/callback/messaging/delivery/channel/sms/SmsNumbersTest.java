package com.callback.messaging.delivery.channel.sms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmsNumbersTest {

  private final SmsNumbers numbers = new SmsNumbers();

  @ParameterizedTest
  @ValueSource(
      strings = {"+61491570006", "+491701234567", "+447400123456", "+12015550123", "+64211234567"})
  void a_mobile_phone_takes_an_sms(String number) {
    assertThat(numbers.takesSms(number)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+61255501234",
        "+611300123456",
        "+611800160401",
        "+611900123456",
        "+4930123456",
        "0491570006",
        "",
        "x"
      })
  void others_do_not(String number) {
    assertThat(numbers.takesSms(number)).isFalse();
  }
}
