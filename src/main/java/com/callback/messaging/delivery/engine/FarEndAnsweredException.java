package com.callback.messaging.delivery.engine;

import java.time.Duration;
import java.util.Optional;

/**
 * The remote server responded by HTTP, and not with a success; {@link Failures} says what it means.
 */
public class FarEndAnsweredException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final boolean isProvider;
  private final transient String answer;
  private final transient String location;
  private final transient Duration retryAfter;

  private FarEndAnsweredException(
      int status, boolean isProvider, String answer, String location, Duration retryAfter) {
    super("The remote server responded " + status);
    this.status = status;
    this.isProvider = isProvider;
    this.answer = answer;
    this.location = location;
    this.retryAfter = retryAfter;
  }

  /** Of a receiver that the business named. */
  static FarEndAnsweredException receiver(
      int status, String answer, String location, Duration retryAfter) {
    return new FarEndAnsweredException(status, false, answer, location, retryAfter);
  }

  /** Of a provider that the operator chose. */
  static FarEndAnsweredException provider(
      int status, String answer, String location, Duration retryAfter) {
    return new FarEndAnsweredException(status, true, answer, location, retryAfter);
  }

  /** The HTTP status. */
  int status() {
    return status;
  }

  boolean isProvider() {
    return isProvider;
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
