package com.callback.messaging.delivery.confirmation;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Whether an address waits for its code, and whether the code that was given is right. */
@Component
public class Confirmations {

  private static final int MINUTES = 10;
  private static final int TRIES = 5;
  private static final int SECONDS_BETWEEN = 60;
  private static final int AN_HOUR = 3_600;

  private static final Problem NOTHING_WAITS =
      Problem.of(
          409,
          "nothing-to-confirm",
          "Nothing waits for a code",
          "The recipient is confirmed, or none was set. Set a recipient: a code is sent to it.");

  private final ConfirmationRequirement requirement;
  private final ConfirmationSettings settings;
  private final ConfirmationCodes codes;
  private final ObjectMapper json;

  Confirmations(
      ConfirmationRequirement requirement,
      ConfirmationSettings settings,
      ConfirmationCodes codes,
      ObjectMapper json) {
    this.requirement = requirement;
    this.settings = settings;
    this.codes = codes;
    this.json = json;
  }

  /** The parameter {@code rules} of {@code begin_confirmation()}. */
  public String rules() throws JsonProcessingException {
    return json.writeValueAsString(
        Map.of(
            "isRequired", requirement.isRequired(),
            "minutes", MINUTES,
            "tries", TRIES,
            "perBusiness", settings.perBusiness(),
            "perAddress", settings.perAddress()));
  }

  /**
   * Goes on where the address is confirmed, or a code was sent to it.
   *
   * @param outcome what {@code begin_confirmation()} gave
   * @throws RequestRefusedException 429 for too many codes, 409 for an address that is suppressed
   */
  public void require(String outcome) {
    switch (outcome) {
      case "confirmed", "sent" -> {}
      case "too soon" ->
          throw tooMany(
              "code-sent",
              "A code was sent a moment ago",
              "Wait a minute, look into the spam folder, and ask for another one then.",
              SECONDS_BETWEEN);
      case "address" ->
          throw tooMany(
              "too-many-codes",
              "Too many codes for this recipient",
              "One recipient gets %d codes an hour. Try again later."
                  .formatted(settings.perAddress()),
              AN_HOUR);
      case "business" ->
          throw tooMany(
              "too-many-codes",
              "Too many codes today",
              "A business gets %d codes within 24 hours; the operator can raise it with MESSAGING_CONFIRMATIONS_PER_BUSINESS."
                  .formatted(settings.perBusiness()),
              AN_HOUR);
      case "suppressed" ->
          throw new RequestRefusedException(
              Problem.of(
                  409,
                  "recipient-suppressed",
                  "Nothing is sent to this recipient",
                  "It bounced, complained or unsubscribed. Remove it from the suppressed addresses, or take another one."));
      default -> throw new IllegalStateException("There is no outcome " + outcome);
    }
  }

  private static RequestRefusedException tooMany(
      String kind, String title, String detail, int seconds) {
    return new RequestRefusedException(Problem.of(429, kind, title, detail).after(seconds));
  }

  /**
   * Goes on where the code in the body is right.
   *
   * @param tried the row of {@code try_confirmation()}; null where nothing waits for a code
   * @return the id of the confirmation
   * @throws RequestRefusedException 400 for another code, 409 where no code is good any more
   */
  public String check(Map<String, Object> tried, OperationRequest input)
      throws JsonProcessingException {
    if (tried == null) {
      throw new RequestRefusedException(NOTHING_WAITS);
    }
    var state = (String) tried.get("state");
    if (!state.equals("open")) {
      throw new RequestRefusedException(over(state));
    }
    var id = tried.get("id").toString();
    if (!codes.matches(id, json.readTree(input.body()).path("code").asText())) {
      throw new RequestRefusedException(
          Problems.invalidBody("code", wrong((int) tried.get("tries_left"))));
    }
    return id;
  }

  private static Problem over(String state) {
    return Problem.of(
        409,
        "code-over",
        state.equals("expired") ? "The code has expired" : "The code was mistyped too often",
        "Ask for another one: set the same recipient again.");
  }

  private static String wrong(int triesLeft) {
    return switch (triesLeft) {
      case 0 -> "This is not the code, and it takes no more tries. Ask for another one.";
      case 1 -> "This is not the code. One try is left.";
      default -> "This is not the code. %d tries are left.".formatted(triesLeft);
    };
  }

  /**
   * The address that was just confirmed.
   *
   * @throws RequestRefusedException 409 where another one took its place in the same moment
   */
  public String confirmed(Object address) {
    if (address instanceof String given) {
      return given;
    }
    throw new RequestRefusedException(NOTHING_WAITS);
  }
}
