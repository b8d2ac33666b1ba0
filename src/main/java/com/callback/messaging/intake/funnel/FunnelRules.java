package com.callback.messaging.intake.funnel;

import com.callback.messaging.intake.origin.WebOrigin;
import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.operation.api.Results;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.callback.messaging.platform.startup.OperatingMode;
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
              "This slug is taken",
              "Choose another slug, for example with the name of the business or the place.")
          .with(List.of(new FieldError("slug", "Choose another slug.")));

  private static final Problem ELSEWHERE =
      Problem.of(
          409,
          "funnels-made-elsewhere",
          "Funnels are managed by your platform",
          "Create, rename or delete funnels in your platform. Changes appear here at once.");

  private static final Problem FULL =
      Problem.of(
          409,
          "too-many-funnels",
          "There are 100 funnels",
          "A business may have 100 funnels. Change one that is no longer needed instead.");

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
  public void check(OperationRequest input) throws JsonProcessingException {
    var origins = json.readTree(input.body()).path("allowedOrigins");
    var errors = new ArrayList<FieldError>();
    for (int i = 0; i < origins.size(); i++) {
      var place = "allowedOrigins." + i;
      WebOrigin.remedy(origins.get(i).asText(), mayBeLocal)
          .ifPresent(remedy -> errors.add(new FieldError(place, remedy)));
    }
    if (!errors.isEmpty()) {
      throw new RequestRefusedException(Problems.invalidBody(errors));
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

  /**
   * Refuses a name for a funnel that has its name from elsewhere. One of nobody's is left to the
   * next step, as is one that is not renamed.
   *
   * @param renamed what {@code rename-funnel.sql} says
   */
  public void requireMadeHere(Object renamed) {
    if ("elsewhere".equals(renamed)) {
      throw new RequestRefusedException(ELSEWHERE);
    }
  }

  /**
   * The id of the funnel that was just made or deleted.
   *
   * @param made what {@code add-funnel.sql} or {@code delete-funnel.sql} says
   * @throws RequestRefusedException 409 where that cannot be done here, 404 where it is not the
   *     caller's
   */
  public String made(Object made) {
    var word = Results.require(made, Results.NOTHING);
    return switch (word) {
      case "elsewhere" -> throw new RequestRefusedException(ELSEWHERE);
      case "full" -> throw new RequestRefusedException(FULL);
      default -> word;
    };
  }
}
