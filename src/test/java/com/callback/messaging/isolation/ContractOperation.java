package com.callback.messaging.isolation;

import com.callback.messaging.intake.submission.PublishedContract;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** An operation as the contract has it. */
record ContractOperation(String method, String path, JsonNode rule) {

  private static final List<ContractOperation> ALL = read();

  static List<ContractOperation> all() {
    return ALL;
  }

  private static List<ContractOperation> read() {
    return PublishedContract.at("/paths").properties().stream()
        .flatMap(
            path ->
                path.getValue().properties().stream()
                    .filter(method -> method.getValue().has("operationId"))
                    .map(
                        method ->
                            new ContractOperation(
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                method.getValue())))
        .toList();
  }

  /** Those that ask who calls. */
  static List<ContractOperation> guarded() {
    return all().stream().filter(ContractOperation::isGuarded).toList();
  }

  boolean isGuarded() {
    var security = rule.path("security");
    return !security.isEmpty()
        && StreamSupport.stream(security.spliterator(), false).noneMatch(JsonNode::isEmpty);
  }

  boolean hasId() {
    return path.contains("{id}");
  }

  /** Which kinds of credential it takes. */
  Set<String> schemes() {
    var schemes = new TreeSet<String>();
    rule.path("security").forEach(way -> way.fieldNames().forEachRemaining(schemes::add));
    return schemes;
  }

  /** What a credential must be allowed to do. */
  Set<String> scopes() {
    var scopes = new TreeSet<String>();
    rule.path("security")
        .forEach(way -> way.forEach(all -> all.forEach(s -> scopes.add(s.asText()))));
    return scopes;
  }

  /** The path with this id, and every parameter that could name something given the victim's. */
  String target(UUID id, Victim victim) {
    var query =
        StreamSupport.stream(rule.path("parameters").spliterator(), false)
            .map(PublishedContract::followed)
            .filter(parameter -> parameter.path("in").asText().equals("query"))
            .map(parameter -> asked(parameter, victim))
            .filter(parameter -> !parameter.isEmpty())
            .collect(Collectors.joining("&"));
    var address =
        path.replace("{id}", String.valueOf(id))
            .replace("{noteId}", victim.id("notes").toString())
            .replace("{replyId}", victim.id("thread").toString())
            .replace("{type}", "email");
    if (address.contains("{")) {
      throw new AssertionError(
          "%s has a path parameter that this test has no value for: name it {id}, or add it to ContractOperation.target"
              .formatted(path));
    }
    return query.isEmpty() ? address : address + "?" + query;
  }

  private static String asked(JsonNode parameter, Victim victim) {
    var name = parameter.get("name").asText();
    var named =
        switch (name) {
          case "messageId" -> victim.id("messages").toString();
          case "target" -> victim.id("webhook-subscriptions").toString();
          case "phone" -> Victim.PHONE.replace("+", "%2B");
          case "email" -> Victim.MAIL;
          case "funnel" -> victim.business().funnel().toString();
          default -> null;
        };
    if (named != null) {
      return name + "=" + named;
    }
    return parameter.path("required").asBoolean()
        ? name + "=" + PublishedContract.sample(parameter)
        : "";
  }

  /** Whether it wants to know which state of a thing the caller has seen. */
  boolean wantsIfMatch() {
    return StreamSupport.stream(rule.path("parameters").spliterator(), false)
        .map(PublishedContract::followed)
        .anyMatch(parameter -> parameter.path("name").asText().equals("If-Match"));
  }

  /** The body that the contract gives as an example; null where it takes none. */
  String body() {
    var content =
        PublishedContract.followed(rule.path("requestBody")).at("/content/application~1json");
    if (content.isMissingNode()) {
      return null;
    }
    return content.has("example")
        ? content.get("example").toString()
        : content.get("examples").iterator().next().get("value").toString();
  }

  @Override
  public String toString() {
    return rule.get("operationId").asText();
  }
}
