package com.callback.messaging.operation.caller;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.intake.submission.PublishedContract;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Whatever the contract says needs a key is shut without one, and with one that lacks the scope.
 */
@ServiceTest
class EveryOperationAsksWhoCallsTest {

  @Autowired Service service;

  record Operation(String method, String path, JsonNode rule) {

    @Override
    public String toString() {
      return rule.get("operationId").asText();
    }
  }

  static Stream<Operation> operations() {
    return PublishedContract.at("/paths").properties().stream()
        .flatMap(
            path ->
                path.getValue().properties().stream()
                    .map(
                        method ->
                            new Operation(
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                method.getValue())));
  }

  static Stream<Operation> guarded() {
    return operations().filter(operation -> !isOpen(operation));
  }

  /** One of the ways in asks for nothing. */
  private static boolean isOpen(Operation operation) {
    var ways = operation.rule().path("security");
    return ways.isMissingNode()
        || StreamSupport.stream(ways.spliterator(), false).anyMatch(JsonNode::isEmpty);
  }

  @Test
  void only_what_visitors_and_the_sandbox_need_is_open() {
    assertThat(operations().filter(EveryOperationAsksWhoCallsTest::isOpen))
        .extracting(Operation::toString)
        .containsExactlyInAnyOrder("submitMessage", "listSandboxMessages", "requestSignIn");
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void without_a_key_it_is_shut(Operation operation) {
    var answer = call(operation, null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
  }

  static Stream<Operation> forKeys() {
    return guarded().filter(operation -> !scopes(operation, "apiKey").isMissingNode());
  }

  static Stream<Operation> forPeopleOnly() {
    return guarded().filter(operation -> scopes(operation, "apiKey").isMissingNode());
  }

  @ParameterizedTest
  @MethodSource("forKeys")
  void a_key_without_its_scope_does_not_open_it(Operation operation) {
    var wanted = scopes(operation, "apiKey").get(0).asText();
    var others = allScopes().filter(scope -> !scope.equals(wanted)).toArray(String[]::new);

    var answer = call(operation, service.key(service.businessWithoutChannels(), others));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
    assertThat(answer.body()).contains(wanted);
  }

  @ParameterizedTest
  @MethodSource("forPeopleOnly")
  void a_key_of_whatever_scopes_does_not_open_what_is_for_people(Operation operation) {
    var all = allScopes().toArray(String[]::new);

    var answer = call(operation, service.key(service.businessWithoutChannels(), all));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
    assertThat(answer.body()).contains("for people");
  }

  /** All but those for a key of the operator, which limits what a business may spend. */
  static Stream<Operation> notOfTheOperator() {
    return guarded()
        .filter(operation -> !scopes(operation, "apiKey").toString().contains("limits:write"));
  }

  @ParameterizedTest
  @MethodSource("notOfTheOperator")
  void both_kinds_of_people_may_do_the_same(Operation operation) {
    assertThat(scopes(operation, "person")).isEqualTo(scopes(operation, "session"));
    assertThat(scopes(operation, "person").isMissingNode()).isFalse();
  }

  private static Stream<String> allScopes() {
    return guarded()
        .flatMap(
            operation -> StreamSupport.stream(scopes(operation, "person").spliterator(), false))
        .map(JsonNode::asText)
        .distinct();
  }

  /** What the contract wants of a caller who comes in this way. */
  private static JsonNode scopes(Operation operation, String way) {
    for (var each : operation.rule().get("security")) {
      if (each.has(way)) {
        return each.get(way);
      }
    }
    return MissingNode.getInstance();
  }

  private HttpResponse<String> call(Operation operation, String key) {
    var request =
        HttpRequest.newBuilder(service.at(target(operation)))
            .header("Content-Type", "application/json")
            .method(operation.method(), BodyPublishers.ofString(body(operation)));
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    return service.send(request);
  }

  /** The path with an id that belongs to nothing, and what the query must have. */
  private static String target(Operation operation) {
    var query =
        StreamSupport.stream(operation.rule().path("parameters").spliterator(), false)
            .map(PublishedContract::followed)
            .filter(parameter -> parameter.path("in").asText().equals("query"))
            .filter(parameter -> parameter.path("required").asBoolean())
            .map(
                parameter ->
                    parameter.get("name").asText() + "=" + PublishedContract.sample(parameter))
            .reduce((one, other) -> one + "&" + other)
            .map(parameters -> "?" + parameters)
            .orElse("");
    return operation.path().replaceAll("\\{[^}]+}", UUID.randomUUID().toString()) + query;
  }

  private static String body(Operation operation) {
    var content = operation.rule().at("/requestBody/content/application~1json");
    if (content.isMissingNode()) {
      return "";
    }
    return content.has("example")
        ? content.get("example").toString()
        : content.get("examples").iterator().next().get("value").toString();
  }
}
