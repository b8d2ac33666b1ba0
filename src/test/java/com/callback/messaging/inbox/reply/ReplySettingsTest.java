package com.callback.messaging.inbox.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplySettingsTest {

  @Test
  void one_to_ten_parts_may_be_paid_for() {
    assertThat(new ReplySettings(1).smsParts()).isEqualTo(1);
    assertThat(new ReplySettings(10).smsParts()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 11})
  void other_numbers_stop_the_start_with_one_sentence(int parts) {
    assertThatThrownBy(() -> new ReplySettings(parts))
        .hasMessageContaining("REPLIES_SMS_PARTS to a number from 1 to 10");
  }
}
