package com.callback.messaging.people.assignment;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.stereotype.Component;

/** What an absence must keep to beyond what its schema says. */
@Component
public class Absences {

  private static final Duration YEAR = Duration.ofDays(366);

  private final ObjectMapper json;
  private final Clock clock;

  Absences(ObjectMapper json, Clock clock) {
    this.json = json;
    this.clock = clock;
  }

  /**
   * Requires an end that is still to come and behind the start, and both within a year.
   *
   * @throws RequestRefusedException 422 when they are not
   */
  public void check(OperationRequest input) throws JsonProcessingException {
    var body = json.readTree(input.body());
    var now = clock.instant();
    var from = now;
    try {
      if (body.hasNonNull("from")) {
        from = momentOf(body.get("from"));
      }
      if (from.isBefore(now.minus(YEAR)) || from.isAfter(now.plus(YEAR))) {
        throw wrong("from", "Give a moment within a year, or leave it out for now.");
      }
      if (!body.hasNonNull("until")) {
        return;
      }
      var until = momentOf(body.get("until"));
      if (until.isAfter(from) && until.isAfter(now) && !until.isAfter(from.plus(YEAR))) {
        return;
      }
    } catch (DateTimeException e) {
      // Such as a leap second: as good as out of range.
    }
    throw wrong(
        "until",
        "Give a moment to come, after the start and within a year of it, or null until the member is back.");
  }

  private static Instant momentOf(JsonNode text) {
    return OffsetDateTime.parse(text.textValue()).toInstant();
  }

  private static RequestRefusedException wrong(String field, String remedy) {
    return new RequestRefusedException(
        Problem.of(
                422,
                "unfit-absence",
                "This absence does not fit",
                "Nothing was changed. Fix the listed fields and send it again.")
            .with(List.of(new FieldError(field, remedy))));
  }
}
