package com.callback.messaging.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class StartingUpTest {

  private final StartingUp startingUp = new StartingUp(new ProblemWriter(new ObjectMapper(), null));

  @Test
  void before_the_routes_run_a_caller_is_told_to_come_back() throws Exception {
    var answer = ask("/api/messages");
    assertThat(answer.getStatus()).isEqualTo(503);
    assertThat(answer.getHeader("Retry-After")).isEqualTo("5");
    assertThat(answer.getContentType()).isEqualTo(Problem.MEDIA_TYPE);
    assertThat(new ObjectMapper().readTree(answer.getContentAsString()).get("status").asInt())
        .isEqualTo(503);
  }

  @Test
  void health_can_be_asked_from_the_beginning() throws Exception {
    assertThat(ask("/actuator/health").getStatus()).isEqualTo(200);
  }

  @Test
  void once_they_run_everything_passes() throws Exception {
    startingUp.open();
    assertThat(ask("/api/messages").getStatus()).isEqualTo(200);
  }

  private MockHttpServletResponse ask(String path) throws ServletException, IOException {
    var answer = new MockHttpServletResponse();
    startingUp.doFilter(new MockHttpServletRequest("POST", path), answer, new MockFilterChain());
    return answer;
  }
}
