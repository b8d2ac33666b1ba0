package com.callback.messaging.intake.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Takes every rule of the published schema at its word: a value that just breaks it is refused with
 * the published remedy, one that just keeps it is accepted. A rule that this test does not know
 * fails it.
 */
@ServiceTest
class ContractDriftTest {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final JsonNode SCHEMA = PublishedContract.schema("NewMessage");
  private static final String LABELS = ("b".repeat(63) + ".").repeat(4);

  /** Neither says what a value must be. */
  private static final List<String> NOT_RULES = List.of("description", "default", "x-remedy");

  @Autowired Service service;
  Business business;

  @BeforeEach
  void set_up() {
    business = service.businessWithoutChannels();
  }

  /**
   * One value against one rule.
   *
   * @param value what to send; null takes the field out
   */
  record Case(String field, String rule, JsonNode value) {

    @Override
    public String toString() {
      var text = String.valueOf(value);
      return "%s %s: %s".formatted(field, rule, text.substring(0, Math.min(40, text.length())));
    }
  }

  static Stream<Case> broken() {
    return Stream.concat(rules(ContractDriftTest::breaking), wholeMessage());
  }

  static Stream<Case> kept() {
    return rules(ContractDriftTest::keeping);
  }

  private static Stream<Case> wholeMessage() {
    assertThat(SCHEMA.get("additionalProperties")).isEqualTo(JSON.booleanNode(false));
    var required = Stream.<Case>builder();
    SCHEMA.get("required").forEach(name -> required.add(new Case(name.asText(), "required", null)));
    return required.build();
  }

  @ParameterizedTest
  @MethodSource("broken")
  void a_value_that_just_breaks_a_rule_is_refused_with_its_remedy(Case broken) {
    var answer = service.post(with(broken));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    var errors = service.json(answer.body()).get("errors");
    assertThat(errors).as(answer.body()).hasSize(1);
    assertThat(errors.at("/0/field").asText()).isEqualTo(broken.field());
    assertThat(errors.at("/0/detail"))
        .isEqualTo(SCHEMA.get("properties").get(broken.field()).get("x-remedy"));
  }

  @ParameterizedTest
  @MethodSource("kept")
  void a_value_that_just_keeps_a_rule_is_accepted(Case kept) {
    var answer = service.post(with(kept));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  @Test
  void a_field_that_the_schema_does_not_have_is_refused_by_its_name() {
    var answer = service.post(lead().put("contactMail", "ada@example.com"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(service.json(answer.body()).at("/errors/0/field").asText()).isEqualTo("contactMail");
  }

  @Test
  void a_message_that_nobody_could_answer_is_refused_with_the_schemas_remedy() {
    var lead = lead();
    SCHEMA.get("anyOf").forEach(way -> lead.remove(way.at("/required/0").asText()));
    var answer = service.post(lead);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(service.json(answer.body()).at("/errors/0/field").asText())
        .isEqualTo(SCHEMA.at("/anyOf/0/required/0").asText());
    assertThat(service.json(answer.body()).at("/errors/0/detail"))
        .isEqualTo(SCHEMA.get("x-remedy"));
  }

  private ObjectNode with(Case each) {
    var lead = lead();
    if (each.field().equals("contactEmail")) {
      // Beside a number that can be called, an address that is none is kept as it was typed.
      lead.remove("contactPhone");
    }
    if (each.value() == null) {
      lead.remove(each.field());
    } else {
      lead.set(each.field(), each.value());
    }
    return lead;
  }

  private ObjectNode lead() {
    return JSON.objectNode()
        .put("funnelId", business.funnel().toString())
        .put("contactName", "Ada")
        .put("contactPhone", "0412 345 678");
  }

  private static Stream<Case> rules(Function<Rule, Stream<JsonNode>> values) {
    return SCHEMA.get("properties").properties().stream()
        .flatMap(
            property ->
                property.getValue().properties().stream()
                    .filter(keyword -> !NOT_RULES.contains(keyword.getKey()))
                    .map(
                        keyword ->
                            new Rule(property.getKey(), property.getValue(), keyword.getKey())))
        .flatMap(
            rule -> values.apply(rule).map(value -> new Case(rule.field(), rule.keyword(), value)));
  }

  private record Rule(String field, JsonNode all, String keyword) {

    JsonNode value() {
      return all.get(keyword);
    }
  }

  private static Stream<JsonNode> breaking(Rule rule) {
    return switch (rule.keyword()) {
      case "type" ->
          rule.value().asText().equals("object")
              ? Stream.of(JSON.textNode("text"), JSON.arrayNode(), JSON.numberNode(7))
              : Stream.of(JSON.numberNode(7), JSON.booleanNode(true), JSON.objectNode());
      case "minLength" -> texts("x".repeat(rule.value().asInt() - 1));
      case "maxLength" -> texts(ofLength(rule.all(), rule.value().asInt() + 1));
      case "pattern" ->
          Stream.of("a", "+", "12a", "1\n2;")
              .filter(text -> !Pattern.compile(rule.value().asText()).matcher(text).find())
              .limit(2)
              .map(JSON::textNode);
      case "format" -> texts("not it", "1", "a@", "@b.example");
      case "const", "enum" -> Stream.of(JSON.textNode("other"), JSON.numberNode(1));
      case "x-max-bytes" -> Stream.of(ofBytes(rule.value().asInt() + 1));
      default -> fail("Teach this test the rule " + rule.keyword() + " of " + rule.field());
    };
  }

  private static Stream<JsonNode> keeping(Rule rule) {
    return switch (rule.keyword()) {
      case "minLength" -> texts("x".repeat(rule.value().asInt()));
      case "maxLength" ->
          // A character is a code point, not a unit of UTF-16.
          texts(
                  ofLength(rule.all(), rule.value().asInt()),
                  "\uD83D\uDE00".repeat(rule.value().asInt()))
              .filter(text -> PublishedContract.errors(rule.all(), text).isEmpty());
      case "const" -> Stream.of(rule.value());
      case "enum" ->
          IntStream.range(0, rule.value().size()).mapToObj(index -> rule.value().get(index));
      case "x-max-bytes" -> Stream.of(ofBytes(rule.value().asInt()), JSON.objectNode());
      default -> Stream.of();
    };
  }

  private static Stream<JsonNode> texts(String... texts) {
    return Stream.of(texts).map(JSON::textNode);
  }

  private static String ofLength(JsonNode rule, int length) {
    if (rule.path("format").asText().equals("email")) {
      var local = "a".repeat(64) + "@";
      return local + LABELS.substring(0, length - local.length());
    }
    return (Pattern.compile(rule.path("pattern").asText()).matcher("0").find() ? "0" : "x")
        .repeat(length);
  }

  /** An object of so many bytes as compact JSON in UTF-8. */
  private static JsonNode ofBytes(int bytes) {
    var frame = "{\"ä\":\"\"}".getBytes(UTF_8).length;
    return JSON.objectNode().put("ä", "x".repeat(bytes - frame));
  }
}
