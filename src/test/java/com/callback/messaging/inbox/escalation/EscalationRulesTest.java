package com.callback.messaging.inbox.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.callback.messaging.platform.startup.OperatingMode;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Seconds are for trying a policy. */
class EscalationRulesTest {

  private static final String IN_SECONDS =
      "{\"name\": \"x\", \"unit\": \"seconds\", \"steps\": [{\"after\": 0, \"notify\": [\"owners\"]}]}";

  @Test
  void seconds_are_refused_in_production_mode() {
    assertThatThrownBy(() -> policy(OperatingMode.PRODUCTION))
        .isInstanceOfSatisfying(
            RequestRefusedException.class,
            refused -> assertThat(refused.problem().errors().get(0).field()).isEqualTo("unit"));
  }

  @Test
  void seconds_are_taken_in_development_mode() throws JsonProcessingException {
    assertThat(policy(OperatingMode.DEVELOPMENT)).contains("seconds");
  }

  private static String policy(OperatingMode mode) throws JsonProcessingException {
    return new EscalationRules(new ObjectMapper(), mode)
        .policy(new OperationRequest("createEscalationPolicy", Map.of(), IN_SECONDS));
  }
}
