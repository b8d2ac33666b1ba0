package com.callback.messaging.platform.startup;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.core.NestedExceptionUtils;

/** The sentence for a route that cannot be read, made or started. */
final class RouteFailure {
  private static final Pattern ROUTE =
      Pattern.compile("^Failed to (?:create|start) route:? ([\\w-]+)");
  private static final Pattern FILE = Pattern.compile("resource: (\\S+\\.yaml)$");
  private static final Pattern LINE =
      Pattern.compile("^(.+?)\\s+in (\\S+\\.yaml), line (\\d+)", Pattern.DOTALL);

  private static final Pattern PLACE = Pattern.compile("line \\d+, column \\d+");
  private static final Pattern EMPTY = Pattern.compile("^Resource is empty: (\\S+\\.yaml)$");

  private static final int DEEPEST_CAUSE = 50;

  private RouteFailure() {}

  static Optional<String> sentence(Throwable e) {
    return innermostLine(e)
        .map(line -> wrongAt(line.group(2), Integer.parseInt(line.group(3)), line.group(1)))
        .or(() -> withoutLine(e));
  }

  /** The sentence for a fault at a known place. */
  static String wrongAt(String resource, int line, String reason) {
    return "The route file %s is wrong at line %d (%s): correct it."
        .formatted(name(resource), line, OneLine.of(reason));
  }

  /** A failure is told at each level that it passes: the innermost stands at the fault itself. */
  private static Optional<MatchResult> innermostLine(Throwable e) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause)
        .limit(DEEPEST_CAUSE)
        .map(cause -> LINE.matcher(String.valueOf(cause.getMessage())))
        .filter(Matcher::find)
        .map(Matcher::toMatchResult)
        .reduce((outer, inner) -> inner);
  }

  private static Optional<String> withoutLine(Throwable e) {
    String message = String.valueOf(e.getMessage());
    Matcher empty = EMPTY.matcher(message);
    if (empty.find()) {
      return Optional.of(
          "The route file %s is empty: write a route into it, or remove it."
              .formatted(name(empty.group(1))));
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
  static String reason(Throwable e) {
    String message = String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage());
    Matcher place = PLACE.matcher(message);
    String first = OneLine.of(message.lines().findFirst().orElse(""));
    return place.find() ? first + " at " + place.group() : first;
  }

  private static String name(String resource) {
    return resource.replaceFirst("^(file|classpath):", "");
  }
}
