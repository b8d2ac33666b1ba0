package com.callback.messaging.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class PageHeadersTest {

  /** Over plain HTTP browsers would ignore it, and a developer's other services be cut off. */
  @ParameterizedTest
  @CsvSource({"https://leads.example.com, max-age=31536000", "http://localhost:8080,"})
  void browsers_are_told_to_stay_with_https_where_the_service_is_reached_by_it(
      String publicUrl, String told) throws Exception {
    var response = new MockHttpServletResponse();
    new PageHeaders(publicUrl)
        .doFilter(new MockHttpServletRequest(), response, new MockFilterChain());
    assertThat(response.getHeader("Strict-Transport-Security")).isEqualTo(told);
  }
}
