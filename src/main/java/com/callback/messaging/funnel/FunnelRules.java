package com.callback.messaging.funnel;

import com.callback.messaging.api.Asked;
import com.callback.messaging.browser.WebOrigin;
import com.callback.messaging.embedded.OperatingMode;
import com.callback.messaging.http.Problem;
import com.callback.messaging.http.Problem.FieldError;
import com.callback.messaging.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the settings of a funnel must keep to beyond what their schema says. */
@Component
public class FunnelRules {

  private static final Problem TAKEN =
      Problem.of(
              409,
              "slug-taken",
              "Another form has this address",
              "Choose another slug; adding the name of the business or the place often helps.")
          .with(List.of(new FieldError("slug", "Choose another slug.")));

  private final ObjectMapper json;
  private final boolean mayBeLocal;

  FunnelRules(ObjectMapper json, OperatingMode mode) {
    this.json = json;
    this.mayBeLocal = mode != OperatingMode.PRODUCTION;
  }

  /**
   * Holds the origins that were asked for against what browsers send.
   *
   * @throws RequestRefusedException with everything that is wrong
   */
  public void check(Asked asked) throws JsonProcessingException {
    var origins = json.readTree(asked.body()).path("allowedOrigins");
    var errors = new ArrayList<FieldError>();
    for (int i = 0; i < origins.size(); i++) {
      var place = "allowedOrigins." + i;
      WebOrigin.remedy(origins.get(i).asText(), mayBeLocal)
          .ifPresent(remedy -> errors.add(new FieldError(place, remedy)));
    }
    if (!errors.isEmpty()) {
      throw new RequestRefusedException(
          Problem.of(
                  400,
                  "invalid-body",
                  "The body has errors",
                  "Mend the listed fields and send it again.")
              .with(errors));
    }
  }

  /**
   * Refuses an address that another form has.
   *
   * @param isFree what {@code claim-slug.sql} says
   */
  public void requireFree(Object isFree) {
    if (!Boolean.TRUE.equals(isFree)) {
      throw new RequestRefusedException(TAKEN);
    }
  }
}
