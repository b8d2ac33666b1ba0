package com.callback.messaging.tenancy;

import com.callback.messaging.http.Problem;
import com.callback.messaging.http.RequestRefusedException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Tells who calls from the key that came along. */
@Component
public class Callers {

  private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +(cbk_[0-9a-f]{64})");

  private static final Problem UNKNOWN =
      Problem.of(
          401,
          "unknown-caller",
          "Who is calling?",
          "Send a valid API key of your business: Authorization: Bearer cbk_…");

  private final ApiKeys keys;

  Callers(ApiKeys keys) {
    this.keys = keys;
  }

  /**
   * The hash of the key that came along, for the statement that looks for it.
   *
   * @param authorization the header
   */
  public byte[] hash(String authorization) {
    var bearer = BEARER.matcher(authorization == null ? "" : authorization.strip());
    if (!bearer.matches()) {
      throw new RequestRefusedException(UNKNOWN);
    }
    return keys.hash(bearer.group(1));
  }

  /**
   * Who calls.
   *
   * @param found the rows of {@code find-api-key.sql}
   * @param wanted what the key must be allowed to do
   */
  public Caller of(List<Map<String, Object>> found, Set<String> wanted) {
    if (found.isEmpty()) {
      throw new RequestRefusedException(UNKNOWN);
    }
    var scopes = Set.of(((String) found.get(0).get("scopes")).split(","));
    if (!scopes.containsAll(wanted)) {
      throw new RequestRefusedException(
          Problem.of(
              403,
              "missing-scope",
              "This key may not do that",
              "It needs the scope " + String.join(" and ", wanted) + ": use a key that has it."));
    }
    return new Caller(
        (UUID) found.get(0).get("business_id"), "API key " + found.get(0).get("prefix"));
  }
}
