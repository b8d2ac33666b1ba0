package com.callback.messaging.delivery.settings;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.stereotype.Component;

/** Who may change which notification preferences. */
@Component
public class PreferenceRules {

  private final ObjectMapper json;

  PreferenceRules(ObjectMapper json) {
    this.json = json;
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
                  + " of this business: email and sms are for its owners to change. Change screen, which is your own."));
    }
  }
}
