package com.callback.messaging.platform.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands behind the question mark of an address. The container refuses all of it because of
 * one percent sign that is no escape, which is what people type: "100%".
 */
public final class Query {

  private static final Pattern NO_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private Query() {}

  /** The parameters by name, in the order in which they were given; not what a form says. */
  public static Map<String, String[]> of(HttpServletRequest request) {
    return of(request.getQueryString());
  }

  /**
   * The same of a text in its form.
   *
   * @param encoded null for none
   */
  public static Map<String, String[]> of(String encoded) {
    var query = new LinkedHashMap<String, String[]>();
    Stream.ofNullable(encoded)
        .flatMap(text -> Stream.of(text.split("&")))
        .filter(pair -> !pair.isEmpty())
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.groupingBy(
                pair -> decoded(pair[0]),
                LinkedHashMap::new,
                Collectors.mapping(
                    pair -> pair.length == 1 ? "" : decoded(pair[1]), Collectors.toList())))
        .forEach((name, values) -> query.put(name, values.toArray(String[]::new)));
    return query;
  }

  /** A percent sign that is no escape stands for itself. */
  private static String decoded(String text) {
    return URLDecoder.decode(NO_ESCAPE.matcher(text).replaceAll("%25"), StandardCharsets.UTF_8);
  }
}
