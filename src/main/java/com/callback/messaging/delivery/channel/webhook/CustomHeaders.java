package com.callback.messaging.delivery.channel.webhook;

import com.callback.messaging.platform.http.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** The headers that a subscription's owner wants on each call, such as an Authorization. */
@Component
public class CustomHeaders {

  /** How many one subscription may have. */
  public static final int MOST = 20;

  /** The longest name, in characters. */
  public static final int MAX_NAME = 100;

  /** The longest value, in characters. */
  public static final int MAX_VALUE = 1_000;

  /** A token of RFC 9110. */
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Pattern VALUE = Pattern.compile("[!-~](?:[ -~]*[!-~])?");

  /** What frames, routes or proves a call, and what steers the service itself. */
  private static final Pattern RESERVED =
      Pattern.compile(
          "(?i)(?:webhook-|content-|proxy-|camel|org\\.apache\\.camel).*"
              + "|host|connection|keep-alive|transfer-encoding|te|trailer|upgrade|expect|user-agent|date|via|retry-after");

  CustomHeaders() {}

  /**
   * Names what cannot be sent, and what to do about it; empty when all can.
   *
   * @param headers by name; null for none
   */
  public List<FieldError> check(Map<String, ?> headers) {
    var wrong = new ArrayList<FieldError>();
    if (headers == null) {
      return wrong;
    }
    if (headers.size() > MOST) {
      wrong.add(new FieldError("headers", "Give at most " + MOST + " headers."));
    }
    var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(
        (name, value) ->
            nameProblem(name, names)
                .or(() -> valueProblem(name, value))
                .ifPresent(problem -> wrong.add(new FieldError("headers." + name, problem))));
    return wrong;
  }

  private static Optional<String> nameProblem(String name, Set<String> before) {
    if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
      return Optional.of(
          "Name the header with 1 to %d letters, digits, hyphens or underscores."
              .formatted(MAX_NAME));
    }
    if (RESERVED.matcher(name).matches()) {
      return Optional.of("The header %s is set by the service: leave it out.".formatted(name));
    }
    return before.add(name)
        ? Optional.empty()
        : Optional.of("The header %s is there twice: leave one out.".formatted(name));
  }

  private static Optional<String> valueProblem(String name, Object value) {
    var fits =
        value instanceof String text && text.length() <= MAX_VALUE && VALUE.matcher(text).matches();
    return fits
        ? Optional.empty()
        : Optional.of(
            "Give the header %s a text of 1 to 1,000 visible ASCII characters, with spaces only between them and no line breaks."
                .formatted(name));
  }
}
