package com.callback.messaging.delivery.channel.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.samskivert.mustache.BasicCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A business's own payload: logic-less Mustache, in which each value is escaped for a string of
 * JSON. It sees the fields of the event and nothing else: no methods of values, no files, no other
 * templates, and no lists, so that it takes no longer than it is long.
 */
final class PayloadTemplate {

  /** The largest payload, in bytes of UTF-8. */
  static final int MAX_RESULT = 65_536;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static final Mustache.Compiler COMPILER =
      Mustache.compiler()
          .withEscaper(text -> String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)))
          .withFormatter(PayloadTemplate::shown)
          .withCollector(new FieldsOnly())
          .withLoader(
              partial -> {
                throw new MustacheException("A payload template has no partials");
              })
          .defaultValue("")
          .emptyStringIsFalse(true);

  private final Template template;

  /** Reads the fields of an event, and never anything by reflection. */
  private static final class FieldsOnly extends BasicCollector {

    @Override
    public <K, V> Map<K, V> createFetcherCache() {
      return new ConcurrentHashMap<>();
    }
  }

  /** What a template made, which is no payload; the message says why. */
  static final class NoPayloadException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient String made;

    NoPayloadException(String reason, String made) {
      super(reason);
      this.made = made;
    }

    /** The text that it made. */
    String made() {
      return made;
    }
  }

  /**
   * Compiles a template.
   *
   * @throws MustacheException when it is not well formed
   */
  PayloadTemplate(String text) {
    template = COMPILER.compile(text);
  }

  /**
   * Fills the template.
   *
   * @param id the {@code webhook-id}
   * @param body the event as {@link WebhookBody} writes it
   * @throws NoPayloadException when the result is no JSON object, or larger than {@link
   *     #MAX_RESULT}
   */
  ObjectNode fill(String id, Map<String, Object> body) throws NoPayloadException {
    var model = new LinkedHashMap<String, Object>();
    body.forEach((field, value) -> model.put(field, plain(JSON.valueToTree(value))));
    model.put("id", id);
    var made = template.execute(model);
    if (made.getBytes(StandardCharsets.UTF_8).length > MAX_RESULT) {
      throw new NoPayloadException("is larger than 64 KiB", made);
    }
    try {
      if (JSON.readTree(made) instanceof ObjectNode payload) {
        return payload;
      }
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw new NoPayloadException(
          at == null
              ? "is not JSON"
              : "is not JSON at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()),
          made);
    }
    throw new NoPayloadException("is not a JSON object", made);
  }

  /**
   * The names that it uses and that are not known.
   *
   * @param known names of fields of {@code data}
   */
  Set<String> unknown(Set<String> known) {
    var names = new TemplateNames(known);
    template.visit(names);
    return names.unknown();
  }

  private static Object plain(JsonNode value) {
    if (value.isObject()) {
      var fields = new LinkedHashMap<String, Object>();
      value.properties().forEach(each -> fields.put(each.getKey(), plain(each.getValue())));
      return fields;
    }
    if (value.isArray()) {
      return value.toString();
    }
    return value.isNull() ? null : value.isBoolean() ? value.booleanValue() : value.asText();
  }

  private static String shown(Object value) {
    return value instanceof Map ? JSON.valueToTree(value).toString() : value.toString();
  }
}
