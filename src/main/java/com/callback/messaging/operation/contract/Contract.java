package com.callback.messaging.operation.contract;

import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.template.ConfigFiles;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The schemas of {@code config/openapi.yaml}, enforced as they are published, so that the two
 * cannot drift apart. The text beside a rule ({@code x-remedy}) is what a caller who breaks it is
 * told.
 */
@Component
public class Contract {

  private final JsonNode document;
  private final JsonNode schemas;
  private final JsonSchemaFactory factory;
  private final SchemaValidatorsConfig config =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
  private final Map<String, JsonSchema> compiled = new LinkedHashMap<>();

  Contract(ConfigFiles files) {
    try {
      this.document = new YAMLMapper().readTree(files.text("openapi.yaml"));
      this.schemas = document.at("/components/schemas");
    } catch (IOException e) {
      throw new UncheckedIOException("config/openapi.yaml is not readable as YAML", e);
    }
    var dialect =
        JsonMetaSchema.builder(JsonMetaSchema.getV202012())
            .format(new EmailFormat())
            .keywords(
                Stream.of("x-remedy", "x-max-bytes", "components")
                    .map(NonValidationKeyword::new)
                    .toList())
            .build();
    this.factory =
        JsonSchemaFactory.getInstance(VersionFlag.V202012, builder -> builder.metaSchema(dialect));
    schemas
        .properties()
        .forEach(schema -> compiled.put(schema.getKey(), compile(schema.getValue())));
  }

  /** The whole document. */
  JsonNode document() {
    return document;
  }

  /** A schema that stands in the document, ready to hold values against. */
  JsonSchema compile(JsonNode schema) {
    var whole = JsonNodeFactory.instance.objectNode();
    whole.setAll((ObjectNode) schema);
    // What a reference in it names.
    whole.set("components", document.get("components"));
    return factory.getSchema(whole, config);
  }

  /**
   * Everything about the value that the named schema does not allow, a field once each; empty when
   * it is fine.
   */
  public List<FieldError> errorsOf(String schema, JsonNode value) {
    var errors = new LinkedHashMap<String, FieldError>();
    compiled.get(schema).validate(value).stream()
        .sorted(Comparator.comparing(message -> message.getInstanceLocation().toString()))
        .map(message -> errorOf(schema, message))
        .forEach(error -> errors.putIfAbsent(error.field(), error));
    schemas.get(schema).get("properties").properties().stream()
        .filter(rule -> isTooLarge(value.get(rule.getKey()), rule.getValue()))
        .map(rule -> new FieldError(rule.getKey(), remedy(rule.getValue())))
        .forEach(error -> errors.putIfAbsent(error.field(), error));
    return List.copyOf(errors.values());
  }

  /** The names of the schema's fields, in the order in which they are published. */
  public List<String> fieldsOf(String schema) {
    return schemas.get(schema).get("properties").properties().stream()
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The names of the schema's fields that are moments. */
  public Set<String> momentsOf(String schema) {
    return schemas.get(schema).get("properties").properties().stream()
        .filter(rule -> "date-time".equals(rule.getValue().path("format").asText()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The names of the schema's fields that hold text. */
  public Set<String> textFieldsOf(String schema) {
    return schemas.get(schema).get("properties").properties().stream()
        .filter(rule -> !"object".equals(rule.getValue().path("type").asText()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** How many bytes a field of the schema may have as JSON. */
  public int mostBytesOf(String schema, String field) {
    return schemas.get(schema).path("properties").path(field).path("x-max-bytes").asInt();
  }

  /** Whether a text has the shape of an e-mail address. */
  public boolean isEmail(String text) {
    return EmailFormat.isAddress(text);
  }

  /** What to do about a broken rule of this field. */
  public String remedyFor(String schema, String field) {
    return remedy(schemas.get(schema).path("properties").path(field));
  }

  private FieldError errorOf(String schema, ValidationMessage message) {
    if (message.getSchemaLocation().toString().contains("/anyOf")) {
      return new FieldError("contactPhone", remedy(schemas.get(schema)));
    }
    if (message.getType().equals("minProperties")) {
      return new FieldError("", remedy(schemas.get(schema)));
    }
    var inside = dotted(message.getInstanceLocation());
    if (message.getProperty() == null) {
      return inside.isEmpty()
          ? new FieldError("", "Send an object.")
          : new FieldError(inside, remedyFor(schema, inside.split("\\.")[0]));
    }
    var field = inside.isEmpty() ? message.getProperty() : inside + "." + message.getProperty();
    if (message.getType().equals("required") && !inside.isEmpty()) {
      return new FieldError(field, remedyFor(schema, inside.split("\\.")[0]));
    }
    return schemas.get(schema).path("properties").has(field)
        ? new FieldError(field, remedyFor(schema, field))
        : new FieldError(
            field,
            schemas.get(schema).path("properties").has("metadata")
                ? "Unknown field; put it into metadata, or leave it out."
                : "Unknown field; leave it out.");
  }

  private static String dotted(JsonNodePath place) {
    return IntStream.range(0, place.getNameCount())
        .mapToObj(depth -> String.valueOf(place.getElement(depth)))
        .collect(Collectors.joining("."));
  }

  private boolean isTooLarge(JsonNode value, JsonNode rule) {
    return value != null
        && rule.has("x-max-bytes")
        && value.toString().getBytes(StandardCharsets.UTF_8).length
            > rule.get("x-max-bytes").asInt();
  }

  static String remedy(JsonNode rule) {
    return rule.path("x-remedy").asText("Fix this field.");
  }
}
