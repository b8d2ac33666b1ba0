package com.callback.messaging.delivery.engine;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Holds the far end's HTTP answer against what counts as a success: any 2xx, whatever its body is.
 */
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
   * Does nothing where a receiver that the business named has taken a call.
   *
   * @param retryAfter the header of that name, or null
   * @param location the header of that name, or null
   * @throws FarEndAnsweredException otherwise, with what the far end said
   */
  public void requireSuccess(int status, String retryAfter, String location, String answer)
      throws FarEndAnsweredException {
    if (isFailure(status)) {
      throw FarEndAnsweredException.receiver(status, answer, location, wait(retryAfter));
    }
  }

  /**
   * Does nothing where a provider that the operator chose has taken a message.
   *
   * @param retryAfter the header of that name, or null
   * @param location the header of that name, or null
   * @throws FarEndAnsweredException otherwise, with what the provider said
   */
  public void requireTaken(int status, String retryAfter, String location, String answer)
      throws FarEndAnsweredException {
    if (isFailure(status)) {
      throw FarEndAnsweredException.provider(status, answer, location, wait(retryAfter));
    }
  }

  private static boolean isFailure(int status) {
    return status / 100 != 2;
  }

  private Duration wait(String retryAfter) {
    return Backoff.parseRetryAfter(retryAfter, clock.instant()).orElse(null);
  }
}
