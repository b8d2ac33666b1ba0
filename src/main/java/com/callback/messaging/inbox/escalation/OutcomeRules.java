package com.callback.messaging.inbox.escalation;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import org.springframework.stereotype.Component;

/** What rules for the outcomes of phone calls must keep to beyond what their schema says. */
@Component
public class OutcomeRules {

  private final ObjectMapper json;

  OutcomeRules(ObjectMapper json) {
    this.json = json;
  }

  /**
   * Requires that only a lead that is put off has a time for it.
   *
   * @throws RequestRefusedException with everything that is wrong
   */
  public void check(OperationRequest input) throws JsonProcessingException {
    var errors = new ArrayList<FieldError>();
    for (var rule : json.readTree(input.body()).path("rules").properties()) {
      if (rule.getValue().hasNonNull("afterMinutes")
          && !rule.getValue().path("action").asText().equals("again")) {
        errors.add(
            new FieldError(
                "rules." + rule.getKey() + ".afterMinutes",
                "Leave it out, or give the action again."));
      }
    }
    if (!errors.isEmpty()) {
      throw new RequestRefusedException(Problems.invalidBody(errors));
    }
  }
}
