package com.callback.messaging.operation.api;

import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.callback.messaging.platform.secrets.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Lists page by page. A cursor names the last row of the page before and the filters it was made
 * for; it is no secret and grants nothing. An operation that is listed so has the parameters {@code
 * cursor} and {@code limit}.
 */
@Component
public class Pages {

  private static final Set<String> NOT_FILTERS = Set.of("cursor", "limit");
  private static final Page FIRST = new Page("infinity", "ffffffff-ffff-ffff-ffff-ffffffffffff", 0);

  private static final Pattern CURSOR =
      Pattern.compile(
          "([0-9a-f]{16}) ([0-9]{4}-(?:0[1-9]|1[0-2])-(?:[0-2][0-9]|3[01])T[0-9:.]{15}Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

  private static final Problem FOREIGN =
      Problems.invalidParameter(
          "cursor",
          "Leave it out for the first page, or give `next` of the previous page with the same filters.");

  /**
   * What the statement of a list gives.
   *
   * @param items JSON
   * @param nextMoment of the last row
   * @param nextId of the last row; null on the last page
   */
  private record Listed(String items, String nextMoment, String nextId) {

    static Listed of(Map<String, Object> row) {
      return new Listed(
          (String) row.get("items"),
          (String) row.get("next_moment"),
          Objects.toString(row.get("next_id"), null));
    }
  }

  Pages() {}

  /**
   * The page that was asked for.
   *
   * @throws RequestRefusedException when the cursor is none, or was made for other filters
   */
  public Page requested(OperationRequest input) {
    var limit = (Long) input.values().get("limit");
    var cursor = (String) input.values().get("cursor");
    if (cursor == null) {
      return new Page(FIRST.moment(), FIRST.id(), limit);
    }
    var position = CURSOR.matcher(decoded(cursor));
    if (!position.matches() || !position.group(1).equals(fingerprint(input))) {
      throw new RequestRefusedException(FOREIGN);
    }
    return new Page(position.group(2), position.group(3), limit);
  }

  /**
   * A page as the API gives it: its items, and the cursor of the next one or null.
   *
   * @param row what the statement gave
   */
  public String answer(OperationRequest input, Map<String, Object> row) {
    var next = "null";
    var listed = Listed.of(row);
    if (listed.nextId() != null) {
      var position = fingerprint(input) + " " + listed.nextMoment() + " " + listed.nextId();
      next =
          '"'
              + Base64.getUrlEncoder()
                  .withoutPadding()
                  .encodeToString(position.getBytes(StandardCharsets.US_ASCII))
              + '"';
    }
    return "{\"items\":" + listed.items() + ",\"next\":" + next + "}";
  }

  private static String decoded(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String fingerprint(OperationRequest input) {
    var filters = new TreeMap<>(input.values());
    filters.keySet().removeAll(NOT_FILTERS);
    return Sha256.hex(input.operation() + filters).substring(0, 16);
  }
}
