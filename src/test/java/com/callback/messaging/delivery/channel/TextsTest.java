package com.callback.messaging.delivery.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import com.callback.messaging.delivery.engine.RefusedBySettingsException;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ServiceTest
class TextsTest {

  @Autowired Texts texts;
  @Autowired ObjectMapper json;

  @Test
  void a_text_is_filled_from_the_template_of_its_channel_and_cause() throws Exception {
    assertThat(texts.of(delivery("telegram", "test")))
        .isEqualTo("Test of \"A\" & <B>, sent by kim@example.com: leads arrive here.\n");
  }

  @Test
  void a_channel_without_a_template_waits_for_its_operator_who_reads_which_file_to_add() {
    assertThatThrownBy(() -> texts.of(delivery("webhook", "test")))
        .isInstanceOf(RefusedBySettingsException.class)
        .hasMessage(
            "There is no text for it: the operator has to add config/templates/webhook/test.mustache.");
  }

  @Test
  void a_cause_that_only_mails_have_ends_the_delivery() {
    assertThatThrownBy(() -> texts.of(delivery("telegram", "digest")))
        .isInstanceOf(NeverDeliverableException.class)
        .hasMessage(
            "This channel sends leads, notifications, summaries and tests only, not a digest.");
  }

  private Delivery delivery(String channel, String cause) throws JsonProcessingException {
    return new Delivery(
        UUID.randomUUID(),
        UUID.randomUUID(),
        cause,
        channel,
        UUID.randomUUID(),
        "@sales_team",
        1,
        1,
        0,
        "me",
        null,
        null,
        json.readTree("{\"name\":\"\\\"A\\\" & <B>\",\"timeZone\":\"UTC\"}"),
        json.readTree("{\"by\":\"kim@example.com\",\"at\":\"2026-11-29T01:02:03Z\"}"),
        null,
        null);
  }
}
