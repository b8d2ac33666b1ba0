package com.callback.messaging.delivery.subscription;

import com.callback.messaging.delivery.channel.webhook.SigningSecrets;
import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** How signing secrets change over: for a while the old ones sign beside the new one. */
@Component
public class SecretRotation {

  private static final Duration USUAL = Duration.ofDays(1);
  private static final Duration LONGEST = Duration.ofDays(7);

  /**
   * How many old secrets may sign at once, so that the header with their signatures stays short.
   */
  private static final int MOST_OLD = 10;

  private static final Problem TOO_MANY =
      Problem.of(
          409,
          "too-many-secrets",
          "Ten old secrets are still valid",
          "Wait until one of them has expired, or give an overlap of 0, which ends them all now.");

  private final ObjectMapper json;

  SecretRotation(ObjectMapper json) {
    this.json = json;
  }

  /** A new secret; it is shown once. */
  public String newSecret() {
    return SigningSecrets.generate();
  }

  /**
   * How long old secrets go on signing: 0 to 7 days, a day when nothing was asked for.
   *
   * @return an ISO 8601 duration
   */
  public String overlap(OperationRequest input) throws JsonProcessingException {
    var overlap = overlap(json.readTree(input.body()).path("overlap"));
    if (overlap == null || overlap.isNegative() || overlap.compareTo(LONGEST) > 0) {
      throw new RequestRefusedException(
          Problems.invalidBody(
              "overlap",
              "Give a duration from PT0S to P7D, such as PT24H, or a whole number of hours from 0 to 168."));
    }
    return overlap.toString();
  }

  /**
   * Refuses a rotation that would leave too many old secrets.
   *
   * @param old how many of them sign on
   */
  public void requireFewOld(Number old) {
    if (old.intValue() > MOST_OLD) {
      throw new RequestRefusedException(TOO_MANY);
    }
  }

  private static Duration overlap(JsonNode input) {
    try {
      return input.isMissingNode()
          ? USUAL
          : input.isNumber() ? Duration.ofHours(input.asLong()) : Duration.parse(input.asText());
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }
}
