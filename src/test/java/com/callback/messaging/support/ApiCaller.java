package com.callback.messaging.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.intake.submission.PublishedContract;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;

/**
 * Calls the API with one credential, a key or a session, and holds each answer against the
 * contract.
 */
public record ApiCaller(Service service, String credential) {

  /** What an operation answers when it answers with this status; the body is JSON or null. */
  public JsonNode ask(int status, String method, String path, Object body) {
    var answer = call(method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer.body().isEmpty() ? null : service.json(answer.body());
  }

  /** Calls an operation. */
  public HttpResponse<String> call(String method, String path, Object body) {
    var answer = service.call(method, path, credential, body);
    var documented =
        PublishedContract.followed(operation(method, path).at("/responses/" + answer.statusCode()));
    assertThat(documented.isMissingNode())
        .as("%s %s: %d %s", method, path, answer.statusCode(), answer.body())
        .isFalse();
    for (var content : documented.path("content").properties()) {
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith(content.getKey());
      assertThat(
              PublishedContract.errors(
                  content.getValue().get("schema"), service.json(answer.body())))
          .as(answer.body())
          .isEmpty();
    }
    return answer;
  }

  private static JsonNode operation(String method, String path) {
    var called = path.replaceAll("\\?.*", "");
    return PublishedContract.at("/paths").properties().stream()
        .filter(each -> called.matches(each.getKey().replaceAll("\\{[^}]+}", "[^/]+")))
        .sorted(Map.Entry.comparingByKey((one, other) -> templates(one) - templates(other)))
        .map(each -> each.getValue().get(method.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No operation: " + method + " " + path));
  }

  private static int templates(String path) {
    return (int) path.chars().filter(c -> c == '{').count();
  }
}
