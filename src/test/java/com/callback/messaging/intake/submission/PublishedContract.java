package com.callback.messaging.intake.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The contract as a reader has it: from the file, with nothing of the service's own reading. */
public final class PublishedContract {

  private static final JsonNode DOCUMENT = read();
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  private PublishedContract() {}

  private static JsonNode read() {
    try {
      return new YAMLMapper().readTree(Path.of("config/openapi.yaml").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The node at a JSON pointer, references followed. */
  public static JsonNode at(String pointer) {
    return followed(DOCUMENT.at(pointer));
  }

  /** The node, or what its reference names. */
  public static JsonNode followed(JsonNode node) {
    return node.has("$ref") ? DOCUMENT.at(node.get("$ref").asText().substring(1)) : node;
  }

  /** A value that a parameter may have. */
  public static String sample(JsonNode parameter) {
    return Stream.of("/example", "/schema/default", "/schema/enum/0", "/schema/examples/0")
        .map(parameter::at)
        .filter(value -> !value.isMissingNode())
        .findFirst()
        .orElseThrow(() -> new AssertionError("Give " + parameter.get("name") + " an example"))
        .asText();
  }

  public static JsonNode schema(String name) {
    return at("/components/schemas/" + name);
  }

  /** Everything wrong with a value, empty when it is what the schema says. */
  public static List<String> errors(JsonNode schema, JsonNode value) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.set("components", DOCUMENT.get("components"));
    whole.setAll((ObjectNode) schema.deepCopy());
    return FACTORY.getSchema(whole, CONFIG).validate(value).stream()
        .map(message -> message.getInstanceLocation() + ": " + message.getMessage())
        .toList();
  }
}
