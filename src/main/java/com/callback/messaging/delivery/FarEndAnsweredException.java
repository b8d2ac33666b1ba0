package com.callback.messaging.delivery;

import java.time.Duration;
import java.util.Optional;

/** The far end answered, and not with a success. */
public class FarEndAnsweredException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient String answer;
  private final transient Duration retryAfter;

  FarEndAnsweredException(int status, String answer, Duration retryAfter) {
    super("The far end answered " + status);
    this.status = status;
    this.answer = answer;
    this.retryAfter = retryAfter;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The body of the answer. */
  public Optional<String> answer() {
    return Optional.ofNullable(answer);
  }

  /** How long the far end asked to be left alone. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
