package com.callback.messaging.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.embedded.OperatingMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailTransportTest {

  @ParameterizedTest
  @CsvSource({
    "PRODUCTION, '', true",
    "DEVELOPMENT, '', false",
    "PRODUCTION, false, false",
    "DEVELOPMENT, true, true"
  })
  void in_production_no_mail_goes_out_in_the_clear_unless_a_setting_says_so(
      OperatingMode mode, String setting, String required) {
    assertThat(new MailTransport().mailProperties("5000", 60_000, setting, mode))
        .containsEntry("mail.smtp.starttls.required", required);
  }
}
