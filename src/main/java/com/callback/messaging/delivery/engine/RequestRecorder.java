package com.callback.messaging.delivery.engine;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Records every request of an attempt: when it was made, how long it took, and its response. */
@Component
public class RequestRecorder {

  /** How much of a response is stored, in bytes of UTF-8. */
  static final int RESPONSE_LIMIT = 20_000;

  private final Clock clock;
  private final Reasons reasons;

  RequestRecorder(Clock clock, Reasons reasons) {
    this.clock = clock;
    this.reasons = reasons;
  }

  /** The moment at which a request begins. */
  public Instant begin() {
    return clock.instant();
  }

  /**
   * Adds a request that began then and ends now, with its failure or, without one, its response.
   */
  public void record(
      List<RequestRecord> requests,
      Instant startedAt,
      Throwable failure,
      Integer status,
      String answer) {
    var took = Math.max(0, Duration.between(startedAt, clock.instant()).toMillis());
    requests.add(
        failure == null
            ? new RequestRecord(startedAt, took, "accepted", status, capped(answer), null, true)
            : new RequestRecord(
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
    if (text.length() > RESPONSE_LIMIT) {
      text = text.substring(0, RESPONSE_LIMIT);
    }
    while (text.getBytes(StandardCharsets.UTF_8).length > RESPONSE_LIMIT) {
      text = text.substring(0, text.length() * 9 / 10);
    }
    return Character.isHighSurrogate(text.isEmpty() ? ' ' : text.charAt(text.length() - 1))
        ? text.substring(0, text.length() - 1)
        : text;
  }
}
