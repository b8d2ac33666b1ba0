package com.callback.messaging.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Problem details as of RFC 9457, with the wrong fields of a request, if any.
 *
 * @param type a URI that names the kind of problem
 * @param status the HTTP status, 400 to 599
 * @param detail what to do about it, in a sentence for people; never anything internal
 * @param retryAfter seconds to wait before trying again, sent as a header; null where that is no
 *     help
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    List<FieldError> errors,
    @JsonIgnore Integer retryAfter) {

  /** The media type of every error answer. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /**
   * One wrong field.
   *
   * @param field its name, dotted where nested; empty for the whole message
   * @param detail what to do about it
   */
  public record FieldError(String field, String detail) {}

  /** A problem of our own vocabulary. */
  public static Problem of(int status, String kind, String title, String detail) {
    return new Problem(
        "urn:callback-messaging:problem:" + kind, title, status, detail, List.of(), null);
  }

  /** The same problem, which may be gone after so many seconds. */
  public Problem after(int seconds) {
    return new Problem(type, title, status, detail, errors, seconds);
  }

  /** The same problem, pointing at fields. */
  public Problem with(List<FieldError> fields) {
    return new Problem(type, title, status, detail, List.copyOf(fields), retryAfter);
  }
}
