package com.callback.messaging.delivery.channel.webhook;

import com.callback.messaging.delivery.channel.webhook.PayloadTemplate.NoPayloadException;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.samskivert.mustache.MustacheException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Checks the payload templates of subscriptions, and fills them. */
@Component
public class PayloadTemplates {

  private static final String FIELD = "payloadTemplate";
  private static final int MOST_COMPILED = 1_000;
  private static final int MOST_SHOWN = 4_000;
  private static final String EXAMPLE_ID = "00000000-0000-4000-8000-000000000005";

  /** What is not escaped would end the string that it stands in. */
  private static final Pattern UNESCAPED = Pattern.compile("\\{\\{\\s*[{&=]");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^{}]*}}");

  private static final Problem REFUSED =
      Problem.of(
          422,
          "invalid-template",
          "The payload template cannot be used",
          "Correct it as `errors` says, and send it again; `preview` is what it makes of an example event.");

  private final Cache<String, PayloadTemplate> compiled =
      Caffeine.newBuilder()
          .maximumSize(MOST_COMPILED)
          .expireAfterAccess(Duration.ofHours(1))
          .build();

  PayloadTemplates() {}

  /**
   * The payload that a template makes of an event.
   *
   * @throws NoPayloadException when that is none
   */
  ObjectNode fill(String template, String id, Map<String, Object> body) throws NoPayloadException {
    return compiled.get(template, PayloadTemplate::new).fill(id, body);
  }

  /**
   * Tries a template with examples of these types, one with all fields and one with as few as there
   * can be.
   *
   * @throws RequestRefusedException 422 that names what is wrong, with what the template made
   */
  public void check(String template, List<String> types) {
    if (UNESCAPED.matcher(template).find()) {
      throw refused(
          "Write each placeholder in two braces, such as {{data.contactName}}: its value is escaped for a JSON string.");
    }
    if (PLACEHOLDER.matcher(template).replaceAll("").contains("{{")) {
      throw refused("Close each placeholder with two braces, such as {{data.contactName}}.");
    }
    PayloadTemplate candidate;
    try {
      candidate = new PayloadTemplate(template);
    } catch (MustacheException e) {
      throw refused(
          "Close each section, such as {{#data.subject}}…{{/data.subject}}: " + e.getMessage());
    }
    var unknown = candidate.unknown(ExampleEvents.fields(types));
    if (!unknown.isEmpty()) {
      throw refused(
          "No event that the subscription is sent has {{%s}}: use id, type, timestamp and data.…, as the contract shows them for each event."
              .formatted(String.join("}}, {{", unknown)));
    }
    for (var type : types) {
      for (var example : ExampleEvents.of(type)) {
        tryOut(candidate, type, example);
      }
    }
  }

  private static void tryOut(PayloadTemplate candidate, String type, Map<String, Object> example) {
    try {
      candidate.fill(EXAMPLE_ID, example);
    } catch (NoPayloadException e) {
      var made = e.made();
      throw new RequestRefusedException(
          REFUSED
              .with(
                  List.of(
                      new FieldError(
                          FIELD,
                          "What it makes of a %s %s: put placeholders into quotation marks, and commas only between members that are always there."
                              .formatted(type, e.getMessage()))))
              .saying(Map.of("preview", made.substring(0, Math.min(made.length(), MOST_SHOWN)))));
    }
  }

  private static RequestRefusedException refused(String remedy) {
    return new RequestRefusedException(REFUSED.with(List.of(new FieldError(FIELD, remedy))));
  }
}
