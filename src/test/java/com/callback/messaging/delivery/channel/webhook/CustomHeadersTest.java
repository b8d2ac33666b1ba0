package com.callback.messaging.delivery.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.platform.http.Problem.FieldError;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomHeadersTest {

  private final CustomHeaders headers = new CustomHeaders();

  @Test
  void what_a_receiver_asks_for_may_be_sent() {
    assertThat(headers.check(Map.of("Authorization", "Bearer a b", "X-Team_1", "~", "a.b", "!")))
        .isEmpty();
    assertThat(headers.check(Map.of())).isEmpty();
    assertThat(headers.check(null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a b", "a:b", "a\r\nb", "a\n", "\u0000", "ä", "a(b)", "a\"b", "a/b"})
  void a_name_that_is_no_token_is_refused(String name) {
    assertThat(headers.check(Map.of(name, "x")))
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.field()).isEqualTo("headers." + name);
              assertThat(error.detail()).contains("letters, digits");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "webhook-id",
        "Webhook-Signature",
        "webhook-x",
        "Content-Type",
        "content-length",
        "Host",
        "CONNECTION",
        "Keep-Alive",
        "Transfer-Encoding",
        "TE",
        "Trailer",
        "Upgrade",
        "Expect",
        "User-Agent",
        "Date",
        "Via",
        "Retry-After",
        "Proxy-Authorization",
        "CamelHttpUri",
        "camelhttpmethod",
        "org.apache.camel.x"
      })
  void a_name_that_the_service_needs_is_refused(String name) {
    assertThat(headers.check(Map.of(name, "x")))
        .extracting(FieldError::detail)
        .containsExactly("The header " + name + " is set by the service: leave it out.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", " a", "a ", "a\r\nX-Evil: 1", "a\n", "a\tb", "\u0000", "\u007f", "é"})
  void a_value_that_is_not_visible_ascii_is_refused(String value) {
    assertThat(headers.check(Map.of("X-A", value)))
        .extracting(FieldError::detail)
        .singleElement()
        .asString()
        .contains("X-A", "visible ASCII")
        .doesNotContain("Evil");
  }

  @Test
  void a_value_that_is_no_text_is_refused() {
    var values = new LinkedHashMap<String, Object>();
    values.put("X-Number", 1);
    values.put("X-Null", null);
    assertThat(headers.check(values)).hasSize(2);
  }

  @Test
  void twenty_headers_a_hundred_and_a_thousand_characters_are_the_limit() {
    var most = new LinkedHashMap<String, String>();
    for (int i = 0; i < CustomHeaders.MOST; i++) {
      most.put("X-" + i, "v".repeat(CustomHeaders.MAX_VALUE));
    }
    assertThat(headers.check(most)).isEmpty();
    most.put("X-Last", "v");
    assertThat(headers.check(most))
        .containsExactly(new FieldError("headers", "Give at most 20 headers."));
    assertThat(headers.check(Map.of("n".repeat(CustomHeaders.MAX_NAME), "v"))).isEmpty();
    assertThat(headers.check(Map.of("n".repeat(CustomHeaders.MAX_NAME + 1), "v"))).hasSize(1);
    assertThat(headers.check(Map.of("X-A", "v".repeat(CustomHeaders.MAX_VALUE + 1)))).hasSize(1);
  }

  @Test
  void the_same_name_in_other_letters_is_refused() {
    var twice = new LinkedHashMap<String, String>();
    twice.put("X-A", "1");
    twice.put("x-a", "2");
    assertThat(headers.check(twice))
        .extracting(FieldError::detail)
        .containsExactly("The header x-a is there twice: leave one out.");
  }
}
