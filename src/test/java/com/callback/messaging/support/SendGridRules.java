package com.callback.messaging.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What SendGrid requires of a mail: its published OpenAPI schema, and the rules that it states in
 * words. Stricter than SendGrid, which ignores fields that it does not know.
 */
public final class SendGridRules {

  private static final Set<String> RESERVED =
      Set.of(
          "x-sg-id",
          "x-sg-eid",
          "received",
          "dkim-signature",
          "content-type",
          "content-transfer-encoding",
          "to",
          "from",
          "subject",
          "reply-to",
          "cc",
          "bcc");

  private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+");
  private static final int MOST_ARGUMENT_BYTES = 10_000;
  private static final JsonNode DOCUMENT = read();
  private static final JsonSchema SCHEMA = schema();

  private SendGridRules() {}

  /**
   * An error as SendGrid lists it.
   *
   * @param field null where it is about the whole
   */
  public record Problem(String field, String message) {}

  private static JsonNode read() {
    try (var file = SendGridRules.class.getResourceAsStream("/sendgrid/mail-send.openapi.json")) {
      return new ObjectMapper().readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonSchema schema() {
    var whole = (ObjectNode) DOCUMENT.at("/components/schemas/PostMailSend").deepCopy();
    // The published type of this field is a slip: the documentation and the service have an object.
    ((ObjectNode) whole.at("/properties/custom_args")).put("type", "object");
    whole.set("components", DOCUMENT.get("components"));
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        // Addresses are checked below: the validator knows too few top-level domains.
        .getSchema(whole, SchemaValidatorsConfig.builder().formatAssertionsEnabled(false).build());
  }

  /** All that is wrong with a request; nothing where SendGrid takes it. */
  public static List<Problem> problems(JsonNode request) {
    var problems = new ArrayList<Problem>();
    SCHEMA
        .validate(request)
        .forEach(
            each ->
                problems.add(new Problem(each.getInstanceLocation().toString(), each.getError())));
    if (!problems.isEmpty()) {
      return problems;
    }
    var known = DOCUMENT.at("/components/schemas/PostMailSend/properties");
    request
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.has(name)) {
                problems.add(new Problem(name, "Additional property " + name + " is not allowed"));
              }
            });
    content(request, problems);
    headers(request.path("headers"), problems);
    request.path("personalizations").forEach(each -> personalization(each, problems));
    address(request.path("from"), "from.email", problems);
    if (request.has("reply_to") && request.has("reply_to_list")) {
      problems.add(new Problem("reply_to", "Give reply_to or reply_to_list, not both"));
    }
    if (request.path("personalizations").isEmpty()) {
      problems.add(new Problem("personalizations", "At least one personalization is required"));
    }
    if (request.path("subject").asText().isEmpty()) {
      problems.add(new Problem("subject", "The subject is required"));
    }
    return problems;
  }

  private static void content(JsonNode request, List<Problem> problems) {
    var types = request.path("content").findValuesAsText("type");
    if (types.isEmpty()) {
      problems.add(new Problem("content", "The content is required"));
    }
    if (types.contains("text/plain") && !types.get(0).equals("text/plain")) {
      problems.add(new Problem("content", "text/plain must be the first content"));
    }
  }

  private static void headers(JsonNode headers, List<Problem> problems) {
    headers
        .properties()
        .forEach(
            header -> {
              if (RESERVED.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                problems.add(new Problem("headers", header.getKey() + " is a reserved header"));
              }
              if (!header.getValue().isTextual()
                  || header.getValue().asText().matches("(?s).*[\r\n].*")) {
                problems.add(new Problem("headers", header.getKey() + " must be one line of text"));
              }
            });
  }

  private static void personalization(JsonNode each, List<Problem> problems) {
    var seen = new HashSet<String>();
    for (var list : List.of("to", "cc", "bcc")) {
      for (var person : each.path(list)) {
        address(person, "personalizations." + list + ".email", problems);
        if (!seen.add(person.path("email").asText().toLowerCase(Locale.ROOT))) {
          problems.add(new Problem("personalizations", "Each address must be unique"));
        }
      }
    }
    var arguments = each.path("custom_args");
    if (arguments.toString().getBytes(StandardCharsets.UTF_8).length > MOST_ARGUMENT_BYTES) {
      problems.add(new Problem("custom_args", "The custom arguments exceed 10,000 bytes"));
    }
    for (var argument : arguments) {
      if (!argument.isTextual()) {
        problems.add(new Problem("custom_args", "A custom argument must be a string"));
      }
    }
  }

  private static void address(JsonNode person, String field, List<Problem> problems) {
    if (!ADDRESS.matcher(person.path("email").asText()).matches()) {
      problems.add(new Problem(field, "Does not contain a valid address."));
    }
  }
}
