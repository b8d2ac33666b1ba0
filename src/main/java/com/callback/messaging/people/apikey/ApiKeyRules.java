package com.callback.messaging.people.apikey;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.operation.api.Results;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.OffsetDateTime;
import org.springframework.stereotype.Component;

/** What a new API key must keep to beyond what its schema says. */
@Component
public class ApiKeyRules {

  private static final Problem FULL =
      Problem.of(
          409,
          "too-many-keys",
          "There are 100 keys",
          "A business may have 100 live API keys. Revoke one that is no longer used, and try again.");

  private final ObjectMapper json;
  private final Clock clock;

  ApiKeyRules(ObjectMapper json, Clock clock) {
    this.json = json;
    this.clock = clock;
  }

  /**
   * Refuses a key that could never be used.
   *
   * @throws RequestRefusedException when its end has passed already
   */
  public void check(OperationRequest input) throws JsonProcessingException {
    var end = json.readTree(input.body()).path("expiresAt");
    if (end.isTextual()
        && !OffsetDateTime.parse(end.textValue()).toInstant().isAfter(clock.instant())) {
      throw new RequestRefusedException(
          Problems.invalidBody(
              "expiresAt", "Give a future time, or leave it out for a key that does not expire."));
    }
  }

  /**
   * The id of the key that was just made.
   *
   * @throws RequestRefusedException 409 when the business has as many as it may have
   */
  public String requireAdded(Object id) {
    return Results.require(id, FULL);
  }
}
