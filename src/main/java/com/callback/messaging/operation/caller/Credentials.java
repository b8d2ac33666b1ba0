package com.callback.messaging.operation.caller;

import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Takes from a request what says who calls: exactly one thing. */
@Component
public class Credentials {

  /** Where a caller of several businesses says which one they mean. */
  public static final String BUSINESS = "X-Business-Id";

  private static final Pattern KEY = Pattern.compile("(?i:Bearer) +(cbk_[0-9a-f]{64})");
  // What is longer than a token may be is not looked at any further.
  private static final Pattern TOKEN = Pattern.compile("(?i:Bearer) +(ey[!-~]{1,8190})");
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final SessionCookie cookie;

  Credentials(SessionCookie cookie) {
    this.cookie = cookie;
  }

  /**
   * What came along.
   *
   * @throws RequestRefusedException 401 when there is none, more than one, or none that could be
   *     valid
   */
  public Credential of(HttpServletRequest request) {
    var headers = Collections.list(request.getHeaders("Authorization"));
    var cookies = cookie.values(request);
    if (headers.size() + cookies.size() > 1) {
      throw new RequestRefusedException(
          Problem.of(
              401,
              "several-callers",
              "Authentication required",
              "The request has more than one credential. Send either a bearer token or the session cookie."));
    }
    var found = new ArrayList<Credential>();
    var business = business(request);
    headers.forEach(header -> found.addAll(bearer(header.strip(), business)));
    cookies.forEach(value -> found.add(new Credential(CredentialKind.SESSION, value, business)));
    if (found.isEmpty()) {
      throw unknown();
    }
    return found.get(0);
  }

  /** Nobody is told more: not whether it ever was valid, nor why it is not. */
  static RequestRefusedException unknown() {
    return new RequestRefusedException(
        Problem.of(
            401,
            "unknown-caller",
            "Authentication required",
            "Send a valid API key, Authorization: Bearer cbk_…, or a person's access token, or sign in."));
  }

  private static List<Credential> bearer(String header, UUID business) {
    var key = KEY.matcher(header);
    if (key.matches()) {
      return List.of(new Credential(CredentialKind.KEY, key.group(1), business));
    }
    var token = TOKEN.matcher(header);
    return token.matches()
        ? List.of(new Credential(CredentialKind.PERSON, token.group(1), business))
        : List.of();
  }

  private static UUID business(HttpServletRequest request) {
    var text = request.getHeader(BUSINESS);
    if (text == null || text.isBlank()) {
      return null;
    }
    if (!UUID_TEXT.matcher(text.strip()).matches()) {
      throw new RequestRefusedException(
          Problems.invalidParameter(BUSINESS, "Give the id of one of your businesses, a UUID."));
    }
    return UUID.fromString(text.strip());
  }
}
