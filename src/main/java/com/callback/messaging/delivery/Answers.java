package com.callback.messaging.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Holds the far end's HTTP answer against what counts as a success: any 2xx. */
@Component
public class Answers {

  private final Clock clock;

  Answers(Clock clock) {
    this.clock = clock;
  }

  /** The answer as text, whatever charset it claims to be in. */
  public String text(byte[] answer) {
    return answer == null ? "" : new String(answer, StandardCharsets.UTF_8);
  }

  /**
   * Does nothing on a success.
   *
   * @throws FarEndAnsweredException otherwise, with what the far end said
   */
  public void requireSuccess(int status, String retryAfter, String answer)
      throws FarEndAnsweredException {
    if (status / 100 != 2) {
      throw new FarEndAnsweredException(
          status, answer, Backoff.parseRetryAfter(retryAfter, clock.instant()).orElse(null));
    }
  }
}
