package com.callback.messaging.delivery.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class JsonTest {

  private final Json json = new Json(new ObjectMapper());

  @Test
  void an_object_takes_names_and_values_in_turn_and_escapes_them() throws Exception {
    assertThat(json.object("chat_id", "4711", "text", "\"Čapek\"\n\\", "silent", true))
        .isEqualTo(
            "{\"chat_id\":\"4711\",\"text\":\"\\\"Čapek\\\"\\n\\\\\",\"silent\":true}"
                .getBytes(UTF_8));
    assertThat(json.object()).isEqualTo("{}".getBytes(UTF_8));
  }

  @Test
  void a_name_without_a_value_is_refused() {
    assertThatThrownBy(() -> json.object("chat_id", "4711", "text"))
        .hasMessage("A JSON object takes a value for each name; a value is null or missing.");
  }
}
