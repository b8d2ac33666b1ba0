package com.callback.messaging.api;

import com.callback.messaging.contract.JsonBody;
import com.callback.messaging.contract.Operations;
import com.callback.messaging.http.BodyLimit;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/** Reads what was asked of an operation, from the request itself and nowhere else. */
@Component
public class Requests {

  /** What a body that may be left out says then. */
  private static final byte[] NOTHING = {'{', '}'};

  private static final Pattern NO_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private final Operations operations;
  private final JsonBody bodies;

  Requests(Operations operations, JsonBody bodies) {
    this.operations = operations;
    this.bodies = bodies;
  }

  /**
   * What was asked.
   *
   * @param operation its operationId in the contract
   * @throws com.callback.messaging.http.RequestRefusedException with everything that is wrong
   */
  public Asked read(String operation, HttpServletRequest request) {
    var values =
        operations.parameters(operation, path(request), query(request), request::getHeader);
    String body = null;
    if (operations.hasBody(operation)) {
      var bytes = BodyLimit.bodyOf(request);
      var isLeftOut = bytes.length == 0 && !operations.requiresBody(operation);
      var json = bodies.read(isLeftOut ? NOTHING : bytes);
      operations.requireBody(operation, json);
      body = json.toString();
    }
    return new Asked(operation, values, body);
  }

  private static String path(HttpServletRequest request) {
    return UriUtils.decode(request.getRequestURI(), "UTF-8");
  }

  /** Not what a form in the body says. */
  private static Map<String, String[]> query(HttpServletRequest request) {
    var query = new LinkedHashMap<String, String[]>();
    if (request.getQueryString() != null) {
      Stream.of(request.getQueryString().split("&"))
          .filter(pair -> !pair.isEmpty())
          .map(pair -> pair.split("=", 2))
          .collect(
              Collectors.groupingBy(
                  pair -> decoded(pair[0]),
                  LinkedHashMap::new,
                  Collectors.mapping(
                      pair -> pair.length == 1 ? "" : decoded(pair[1]), Collectors.toList())))
          .forEach((name, values) -> query.put(name, values.toArray(String[]::new)));
    }
    return query;
  }

  /** A percent sign that is no escape stands for itself: somebody typed "100%". */
  private static String decoded(String text) {
    return URLDecoder.decode(NO_ESCAPE.matcher(text).replaceAll("%25"), StandardCharsets.UTF_8);
  }
}
