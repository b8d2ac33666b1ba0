package com.callback.messaging.delivery.fallback;

import com.callback.messaging.delivery.engine.Channels;
import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** What lists of fallbacks must keep to beyond what their schema says. */
@Component
public class FallbackRules {

  /** It goes to machines, each to one of its own: none can stand in for a person's inbox. */
  private static final String NEVER_A_FALLBACK = "webhook";

  private final TreeSet<String> channels;
  private final ObjectMapper json;

  FallbackRules(Channels channels, ObjectMapper json) {
    this.channels = new TreeSet<>(List.of(channels.names().split(",")));
    this.json = json;
  }

  /**
   * Holds the lists against the channels there are.
   *
   * @throws RequestRefusedException with everything that is wrong
   */
  public void check(OperationRequest input) throws JsonProcessingException {
    var errors = new ArrayList<FieldError>();
    json.readTree(input.body())
        .path("fallbacks")
        .properties()
        .forEach(list -> check(list.getKey(), list.getValue(), errors));
    if (!errors.isEmpty()) {
      throw new RequestRefusedException(Problems.invalidBody(errors));
    }
  }

  private void check(String channel, JsonNode fallbacks, List<FieldError> errors) {
    var field = "fallbacks." + channel;
    if (!channels.contains(channel)) {
      errors.add(new FieldError(field, known()));
    }
    for (int i = 0; i < fallbacks.size(); i++) {
      var place = field + "." + i;
      remedy(channel, fallbacks.get(i).asText())
          .ifPresent(remedy -> errors.add(new FieldError(place, remedy)));
    }
  }

  private Optional<String> remedy(String channel, String fallback) {
    if (fallback.equals(channel)) {
      return Optional.of("A channel cannot stand in for itself; name another one.");
    }
    if (fallback.equals(NEVER_A_FALLBACK)) {
      return Optional.of(
          "A webhook cannot stand in for another channel; subscribe it to delivery.failed instead.");
    }
    return channels.contains(fallback) ? Optional.empty() : Optional.of(known());
  }

  private String known() {
    return "Unknown channel; there are " + String.join(", ", channels) + ".";
  }
}
