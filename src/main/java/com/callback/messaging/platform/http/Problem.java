package com.callback.messaging.platform.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Problem details as of RFC 9457, with the wrong fields of a request, if any.
 *
 * @param type a URI that names the kind of problem
 * @param status the HTTP status, 400 to 599
 * @param detail what to do about it, in a sentence for people; never anything internal
 * @param retryAfter seconds to wait before trying again, sent as a header; null where that is no
 *     help
 * @param headers further headers of the response, by name
 * @param more further members, for machines, by name
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    List<FieldError> errors,
    @JsonIgnore Integer retryAfter,
    @JsonIgnore Map<String, String> headers,
    @JsonIgnore Map<String, Object> more) {

  /** The media type of every error answer. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /**
   * One wrong field.
   *
   * @param field its name, dotted where nested; empty for the whole message
   * @param detail what to do about it
   */
  public record FieldError(String field, String detail) {}

  public Problem(
      String type,
      String title,
      int status,
      String detail,
      List<FieldError> errors,
      Integer retryAfter) {
    this(type, title, status, detail, errors, retryAfter, Map.of(), Map.of());
  }

  /** A problem of our own vocabulary. */
  public static Problem of(int status, String kind, String title, String detail) {
    return new Problem(
        "urn:callback-messaging:problem:" + kind, title, status, detail, List.of(), null);
  }

  /** The same problem, which may be gone after so many seconds. */
  public Problem after(int seconds) {
    return new Problem(type, title, status, detail, errors, seconds, headers, more);
  }

  /** The same problem, pointing at fields. */
  public Problem with(List<FieldError> fields) {
    return new Problem(type, title, status, detail, List.copyOf(fields), retryAfter, headers, more);
  }

  /** The same problem, with these headers as well. */
  public Problem withHeaders(Map<String, String> more) {
    return new Problem(
        type, title, status, detail, errors, retryAfter, Map.copyOf(more), this.more);
  }

  /** The same problem with these members as well. */
  public Problem saying(Map<String, Object> more) {
    return new Problem(type, title, status, detail, errors, retryAfter, headers, Map.copyOf(more));
  }

  /** All headers of its response, by name: what to prove, when to try again, and its own. */
  Map<String, String> responseHeaders() {
    var all = new HashMap<>(headers);
    if (status == 401) {
      all.put("WWW-Authenticate", "Bearer");
    }
    if (retryAfter != null) {
      all.put("Retry-After", retryAfter.toString());
    }
    return all;
  }

  @JsonAnyGetter
  Map<String, Object> members() {
    return more;
  }
}
