package com.callback.messaging.embedded;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.NestedExceptionUtils;

/** The sentence for a route that cannot be read, made or started. */
final class RouteFailure {
  private static final Pattern ROUTE =
      Pattern.compile("^Failed to (?:create|start) route:? ([\\w-]+)");
  private static final Pattern FILE = Pattern.compile("resource: (\\S+\\.yaml)$");
  private static final Pattern LINE =
      Pattern.compile("^(.+?)\\s+in (\\S+\\.yaml), line (\\d+)", Pattern.DOTALL);

  private static final Pattern PLACE = Pattern.compile("line \\d+, column \\d+");

  private RouteFailure() {}

  static Optional<String> sentence(Throwable e) {
    String message = String.valueOf(e.getMessage());
    Matcher line = LINE.matcher(message);
    if (line.find()) {
      return Optional.of(
          "The route file %s is wrong at line %s (%s): correct it."
              .formatted(name(line.group(2)), line.group(3), OneLine.of(line.group(1))));
    }
    Matcher file = FILE.matcher(message);
    if (file.find()) {
      return Optional.of(
          "The route file %s cannot be read (%s): correct it."
              .formatted(name(file.group(1)), reason(e)));
    }
    Matcher route = ROUTE.matcher(message);
    return route.find()
        ? Optional.of(
            "The route %s does not start (%s): correct it, or the setting that it uses."
                .formatted(route.group(1), reason(e)))
        : Optional.empty();
  }

  /** Parsers tell where they are on further lines, and draw it. */
  private static String reason(Throwable e) {
    String message = String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage());
    Matcher place = PLACE.matcher(message);
    String first = OneLine.of(message.lines().findFirst().orElse(""));
    return place.find() ? first + " at " + place.group() : first;
  }

  private static String name(String resource) {
    return resource.replaceFirst("^(file|classpath):", "");
  }
}
