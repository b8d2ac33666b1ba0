package com.callback.messaging.delivery.engine;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Notes every call on the wire of an attempt: when, how long, and what came back. */
@Component
public class Calls {

  /** What is kept of an answer, in bytes of UTF-8. */
  static final int ANSWER_LIMIT = 20_000;

  private final Clock clock;
  private final Reasons reasons;

  Calls(Clock clock, Reasons reasons) {
    this.clock = clock;
    this.reasons = reasons;
  }

  /**
   * One call; its fields are the columns of {@code delivery_attempts}, and one more.
   *
   * @param connected whether a connection came about
   */
  public record Call(
      Instant startedAt,
      long durationMs,
      String outcome,
      Integer statusCode,
      String answer,
      String error,
      boolean connected) {}

  /** The moment a call begins. */
  public Instant begin() {
    return clock.instant();
  }

  /** Adds a call that began then and ends now, with its failure or, without one, its answer. */
  public void note(
      List<Call> calls, Instant startedAt, Throwable failure, Integer status, String answer) {
    var took = Math.max(0, Duration.between(startedAt, clock.instant()).toMillis());
    calls.add(
        failure == null
            ? new Call(startedAt, took, "accepted", status, capped(answer), null, true)
            : new Call(
                startedAt,
                took,
                RetryPolicy.kind(failure).outcome(),
                reasons.status(failure).orElse(null),
                capped(reasons.answer(failure).orElse(null)),
                reasons.of(failure),
                !RetryPolicy.hasNeverConnected(failure)));
  }

  /** PostgreSQL cannot store NUL, and nobody needs ten gigabytes. */
  private static String capped(String answer) {
    if (answer == null) {
      return null;
    }
    var text = answer.replace("\u0000", "");
    if (text.length() > ANSWER_LIMIT) {
      text = text.substring(0, ANSWER_LIMIT);
    }
    while (text.getBytes(StandardCharsets.UTF_8).length > ANSWER_LIMIT) {
      text = text.substring(0, text.length() * 9 / 10);
    }
    return Character.isHighSurrogate(text.isEmpty() ? ' ' : text.charAt(text.length() - 1))
        ? text.substring(0, text.length() - 1)
        : text;
  }
}
