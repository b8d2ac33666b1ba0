package com.callback.messaging.settings;

import com.callback.messaging.api.Asked;
import com.callback.messaging.http.Problem;
import com.callback.messaging.http.Problem.FieldError;
import com.callback.messaging.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.ZoneId;
import java.util.List;
import org.springframework.stereotype.Component;

/** What settings must keep to beyond what their schema says. */
@Component
public class SettingsRules {

  private final ObjectMapper json;

  SettingsRules(ObjectMapper json) {
    this.json = json;
  }

  /**
   * Holds the time zone against those there are.
   *
   * @throws RequestRefusedException when there is no such zone
   */
  public void check(Asked asked) throws JsonProcessingException {
    var zone = json.readTree(asked.body()).path("timeZone");
    if (zone.isTextual() && !ZoneId.getAvailableZoneIds().contains(zone.textValue())) {
      throw new RequestRefusedException(
          Problem.of(
                  400,
                  "invalid-body",
                  "The body has errors",
                  "Mend the listed fields and send it again.")
              .with(
                  List.of(
                      new FieldError(
                          "timeZone",
                          "Give the name of a time zone, such as Australia/Sydney or UTC."))));
    }
  }
}
