package com.callback.messaging.delivery.channel.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.platform.startup.StartFailure;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.mail.internet.MimeUtility;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SmtpApiTest {

  private static final UUID ID = UUID.fromString("3f0c2f0e-6f1f-4a53-9a2e-0f7c1f4c9f10");

  @Test
  void a_mail_through_sendgrids_relay_names_its_delivery_in_one_folded_ascii_header()
      throws JsonProcessingException {
    var value = new SmtpApi(Set.of("smtp")).header(delivery("größe"), "smtp");

    assertThat(value.split("\r\n")).hasSizeGreaterThan(1).allMatch(line -> line.length() < 100);
    assertThat(value).matches("[\\x20-\\x7e\r\n]+");
    assertThat(new ObjectMapper().readTree(MimeUtility.unfold(value)))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"unique_args": {"mid": "3f0c2f0e-6f1f-4a53-9a2e-0f7c1f4c9f10", "delivery_attempt": "2"},
                     "category": ["größe"],
                     "filters": {"clicktrack": {"settings": {"enable": 0}}, "opentrack": {"settings": {"enable": 0}}}}
                    """));
  }

  @Test
  void a_mail_through_another_server_does_not_have_the_header() throws JsonProcessingException {
    assertThat(new SmtpApi(Set.of()).header(delivery("lead"), "smtp")).isNull();
    assertThat(new SmtpApi(Set.of("smtp")).header(delivery("lead"), "smtp-standby")).isNull();
  }

  @Test
  void a_provider_that_is_no_smtp_server_stops_the_start() {
    assertThatThrownBy(() -> new SmtpApi(Set.of("true")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("set CHANNELS_EMAIL_X_SMTPAPI to smtp, smtp-standby or both");
  }

  private static Delivery delivery(String cause) {
    return new Delivery(
        ID,
        UUID.randomUUID(),
        cause,
        "email",
        UUID.randomUUID(),
        "a@example.com",
        2,
        1,
        0,
        "me",
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
