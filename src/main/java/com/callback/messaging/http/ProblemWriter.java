package com.callback.messaging.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Answers with a problem where no route runs. */
@Component
public class ProblemWriter {

  private final ObjectMapper json;

  ProblemWriter(ObjectMapper json) {
    this.json = json;
  }

  /** Writes it as the whole answer. */
  public void write(HttpServletResponse response, Problem problem) throws IOException {
    response.setStatus(problem.status());
    response.setContentType(Problem.MEDIA_TYPE);
    if (problem.status() == HttpServletResponse.SC_UNAUTHORIZED) {
      response.setHeader("WWW-Authenticate", "Bearer");
    }
    if (problem.retryAfter() != null) {
      response.setHeader("Retry-After", problem.retryAfter().toString());
    }
    problem.headers().forEach(response::setHeader);
    response.getOutputStream().write(json.writeValueAsBytes(problem));
  }
}
