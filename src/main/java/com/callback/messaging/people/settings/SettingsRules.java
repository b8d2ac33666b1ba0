package com.callback.messaging.people.settings;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What settings must keep to beyond what their schema says. */
@Component
public class SettingsRules {

  private static final FieldError NO_ZONE =
      new FieldError("timeZone", "Give the name of a time zone, such as Australia/Sydney or UTC.");

  private final ObjectMapper json;
  private final TimeZones zones;

  SettingsRules(ObjectMapper json, TimeZones zones) {
    this.json = json;
    this.zones = zones;
  }

  /**
   * Holds the time zone against those there are, and the hours, holidays and quiet hours against
   * one another.
   *
   * @throws RequestRefusedException with everything that is wrong
   */
  public void check(OperationRequest input) throws JsonProcessingException {
    var body = json.readTree(input.body());
    var errors = new ArrayList<FieldError>();
    var zone = body.path("timeZone");
    if (zone.isTextual() && zones.namesOf(zone.textValue()).isEmpty()) {
      errors.add(NO_ZONE);
    }
    errors.addAll(HoursRules.ofWeek(body.path("businessHours")));
    errors.addAll(HoursRules.ofHolidays(body.path("holidays")));
    errors.addAll(HoursRules.ofQuiet(body.path("quietHours")));
    if (!errors.isEmpty()) {
      throw refused(errors);
    }
  }

  /** The names of the time zone that is asked for; none where no zone is. */
  public String[] timeZones(OperationRequest input) throws JsonProcessingException {
    var zone = json.readTree(input.body()).path("timeZone");
    return zone.isTextual()
        ? zones.namesOf(zone.textValue()).toArray(String[]::new)
        : new String[0];
  }

  /**
   * Requires that the database knows the time zone that is asked for.
   *
   * @param timeZones its names
   * @param known the one that the database knows; empty for none
   * @throws RequestRefusedException when it knows none
   */
  public void requireKnown(String[] timeZones, String known) {
    if (timeZones.length > 0 && known.isEmpty()) {
      throw refused(List.of(NO_ZONE));
    }
  }

  private static RequestRefusedException refused(List<FieldError> errors) {
    return new RequestRefusedException(Problems.invalidBody(errors));
  }
}
