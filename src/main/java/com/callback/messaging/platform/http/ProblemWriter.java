package com.callback.messaging.platform.http;

import com.callback.messaging.platform.template.Templates;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Answers with a problem where no route runs: a page for a person's browser, JSON for others. */
@Component
public class ProblemWriter {

  private final ObjectMapper json;
  private final Templates templates;

  ProblemWriter(ObjectMapper json, Templates templates) {
    this.json = json;
    this.templates = templates;
  }

  /** Writes it as the whole answer. */
  public void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    var isPage = WaitsForAPage.is(request);
    response.setStatus(problem.status());
    response.setContentType(isPage ? "text/html;charset=UTF-8" : Problem.MEDIA_TYPE);
    problem.responseHeaders().forEach(response::setHeader);
    response
        .getOutputStream()
        .write(
            isPage
                ? page(problem).getBytes(StandardCharsets.UTF_8)
                : json.writeValueAsBytes(problem));
  }

  /** What a person is shown of it. */
  public String page(Problem problem) {
    return templates.fill(
        "pages/problem",
        Map.of(
            "lang",
            "en",
            "title",
            problem.title(),
            "detail",
            problem.detail() == null ? "" : problem.detail(),
            "isForm",
            problem.status() != 404));
  }
}
