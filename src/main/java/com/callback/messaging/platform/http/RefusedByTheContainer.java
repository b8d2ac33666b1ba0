package com.callback.messaging.platform.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * What the container refuses before any filter runs, such as a malformed path, is told as a problem
 * too, not as its own HTML page.
 */
@Component
class RefusedByTheContainer implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addContextCustomizers(
        context -> context.getParent().getPipeline().addValve(new AsProblem()));
  }

  private static final class AsProblem extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, Throwable failure) {
      var status = HttpStatus.resolve(response.getStatus());
      if (status == null || !status.isError() || !response.setErrorReported()) {
        return;
      }
      try {
        response.setContentType(Problem.MEDIA_TYPE);
        // Nothing of the request is in it, so it needs no escaping.
        var problem =
            "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d}"
                .formatted(status.getReasonPhrase(), status.value());
        response.getOutputStream().write(problem.getBytes(StandardCharsets.UTF_8));
        response.finishResponse();
      } catch (IOException | IllegalStateException e) {
        // The caller has gone, or has an answer already.
        response.setError();
      }
    }
  }
}
