package com.callback.messaging.delivery.engine;

import java.time.Duration;
import java.util.Optional;

/**
 * The remote server responded by HTTP, and not with a success; {@link RetryPolicy} has decided what
 * it means.
 */
public class UnsuccessfulResponseException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final FailureKind kind;
  private final transient String answer;
  private final transient String location;
  private final transient Duration retryAfter;

  UnsuccessfulResponseException(
      int status, FailureKind kind, String answer, String location, Duration retryAfter) {
    super("The remote server responded " + status);
    this.status = status;
    this.kind = kind;
    this.answer = answer;
    this.location = location;
    this.retryAfter = retryAfter;
  }

  /** The HTTP status. */
  int status() {
    return status;
  }

  /** What it means for the channel that made the request. */
  FailureKind kind() {
    return kind;
  }

  /** The body of the answer. */
  Optional<String> answer() {
    return Optional.ofNullable(answer);
  }

  /** Where it says that it went. */
  Optional<String> location() {
    return Optional.ofNullable(location);
  }

  /** How long the far end asked to be left alone. */
  Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
