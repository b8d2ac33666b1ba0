package com.callback.messaging.delivery.settings;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.people.settings.TimeZones;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.springframework.stereotype.Component;

/** Who may change which notification preferences, and what they may be. */
@Component
public class PreferenceRules {

  private static final FieldError NO_ZONE =
      new FieldError(
          "personal.summary.timeZone",
          "Give the name of a time zone, such as Australia/Sydney; null for that of the business.");

  private final ObjectMapper json;
  private final TimeZones zones;

  PreferenceRules(ObjectMapper json, TimeZones zones) {
    this.json = json;
    this.zones = zones;
  }

  /**
   * Lets everybody change how they are told on their own screen, and owners what goes out to the
   * business.
   *
   * @throws RequestRefusedException 403
   */
  public void requireRight(Caller caller, OperationRequest input) throws JsonProcessingException {
    var body = json.readTree(input.body());
    if ((body.has("email") || body.has("sms")) && !caller.isOwner()) {
      throw new RequestRefusedException(
          Problem.of(
              403,
              "missing-scope",
              "Your role does not allow this",
              "You are "
                  + caller.role()
                  + " of this business: email and sms are for its owners to change. Change screen and personal, which are your own."));
    }
  }

  /**
   * The names of the time zone that is asked for; none where no zone is.
   *
   * @throws RequestRefusedException 400 for a zone that nobody knows
   */
  public String[] timeZones(OperationRequest input) throws JsonProcessingException {
    var zone = json.readTree(input.body()).at("/personal/summary/timeZone");
    if (!zone.isTextual()) {
      return new String[0];
    }
    var names = zones.namesOf(zone.textValue());
    refuseIf(names.isEmpty());
    return names.toArray(String[]::new);
  }

  /**
   * Requires that the database knows the time zone that is asked for.
   *
   * @param timeZones its names
   * @param known the one that the database knows; empty for none
   * @throws RequestRefusedException 400 when it knows none
   */
  public void requireKnown(String[] timeZones, String known) {
    refuseIf(timeZones.length > 0 && known.isEmpty());
  }

  private static void refuseIf(boolean isUnknown) {
    if (isUnknown) {
      throw new RequestRefusedException(Problems.invalidBody(List.of(NO_ZONE)));
    }
  }
}
