package com.callback.messaging.delivery.engine;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * What a business enters as the recipient of a channel: the part {@code recipient} of its block in
 * the configuration.
 *
 * @param label the name of the field, such as Chat id
 * @param kind {@code email}, {@code mobile} and {@code url} are checked and stored in their usual
 *     form, {@code text} by the pattern; a browser offers the keyboard for it
 * @param pattern a regular expression that the whole of a text or URL must match; null for any
 * @param example shown in the field, and in the answer to a recipient that does not fit
 * @param isSecret whether whoever knows the recipient can send to it, such as the URL of an
 *     incoming webhook: it is sealed in the database, and nobody is shown more than its host and
 *     its end
 */
public record RecipientFormat(
    String label,
    @DefaultValue("text") String kind,
    String pattern,
    String example,
    @Name("secret") boolean isSecret) {

  public static final String EMAIL = "email";
  public static final String MOBILE = "mobile";
  public static final String URL = "url";

  public RecipientFormat {
    if (label == null || example == null) {
      throw new IllegalArgumentException("recipient needs a label and an example.");
    }
    if (!List.of(EMAIL, MOBILE, URL, "text").contains(kind)) {
      throw new IllegalArgumentException(
          "recipient.kind is \"" + kind + "\": set it to email, mobile, url or text.");
    }
    if (!matches(pattern, example)) {
      throw new IllegalArgumentException(
          "recipient.example does not match recipient.pattern: correct one of them.");
    }
  }

  /** Whether a text fits. */
  public boolean fits(String recipient) {
    return matches(pattern, recipient);
  }

  private static boolean matches(String pattern, String text) {
    try {
      return pattern == null || Pattern.matches(pattern, text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "recipient.pattern is no regular expression: " + e.getDescription() + ".", e);
    }
  }
}
