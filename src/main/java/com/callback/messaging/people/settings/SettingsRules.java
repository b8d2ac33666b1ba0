package com.callback.messaging.people.settings;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
   * Hours of one weekday; times as text of five characters, so that their order is that of text.
   */
  private record Hours(int weekday, String opens, String closes) {

    static Hours of(JsonNode node) {
      return new Hours(
          node.path("weekday").asInt(), node.path("opens").asText(), node.path("closes").asText());
    }

    boolean isInOrder() {
      return opens.compareTo(closes) < 0;
    }

    boolean overlaps(Hours other) {
      return weekday == other.weekday
          && opens.compareTo(other.closes) < 0
          && other.opens.compareTo(closes) < 0;
    }
  }

  /**
   * Holds the time zone against those there are, and the hours against one another.
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
    errors.addAll(errorsOf(body.path("businessHours")));
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

  private static List<FieldError> errorsOf(JsonNode businessHours) {
    var errors = new ArrayList<FieldError>();
    var hours = new ArrayList<Hours>();
    businessHours.forEach(each -> hours.add(Hours.of(each)));
    for (var i = 0; i < hours.size(); i++) {
      var each = hours.get(i);
      if (!each.isInOrder()) {
        errors.add(
            new FieldError(
                "businessHours." + i, "Give a time to close that is after the opening."));
      } else if (IntStream.range(0, i).anyMatch(before -> hours.get(before).overlaps(each))) {
        errors.add(
            new FieldError(
                "businessHours." + i, "It overlaps with others of that day: join them."));
      }
    }
    return errors;
  }
}
