package com.callback.messaging.platform.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.platform.startup.StartFailure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/callback",
        "https://example.com/?a",
        "https://example.com/#a",
        "https://ada@example.com",
        "ftp://example.com",
        "example.com",
        "https:///",
        "https://exa mple.com",
        ""
      })
  void an_address_that_is_more_or_less_than_an_origin_stops_the_start_with_a_sentence(String url) {
    assertThatThrownBy(() -> new PublicUrl(url))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("MESSAGING_PUBLIC_URL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com",
        "https://example.com/",
        "http://localhost:8080",
        "http://127.0.0.1:0",
        "https://[::1]:8443"
      })
  void an_origin_is_what_is_wanted(String url) {
    assertThatCode(() -> new PublicUrl(url)).doesNotThrowAnyException();
  }
}
