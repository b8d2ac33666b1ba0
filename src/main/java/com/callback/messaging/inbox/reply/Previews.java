package com.callback.messaging.inbox.reply;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.operation.api.Results;
import com.callback.messaging.operation.caller.Caller;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Shows a template filled in, for a lead or for one that is made up. */
@Component
public class Previews {

  private final ObjectMapper json;
  private final Results results;
  private final Replies replies;
  private final Clock clock;

  Previews(ObjectMapper json, Results results, Replies replies, Clock clock) {
    this.json = json;
    this.results = results;
    this.replies = replies;
    this.clock = clock;
  }

  /**
   * The subject and the text as the lead would get them, as JSON; with what an SMS takes.
   *
   * @param facts what {@code load-preview.sql} gave
   * @throws com.callback.messaging.platform.http.RequestRefusedException 404 where the lead is not
   *     the caller's
   */
  public String of(OperationRequest input, Object facts, Caller caller)
      throws JsonProcessingException {
    var known = json.readTree(results.found(facts));
    var lead = known.path("lead").isObject() ? known.get("lead") : sample();
    return replies
        .preview(json.readTree(input.body()), Letter.of(lead, known.get("business"), caller))
        .toString();
  }

  private JsonNode sample() {
    return json.valueToTree(
        Map.of(
            "id", "00000000-0000-4000-8000-000000000001",
            "name", "Ada Lovelace",
            "phone", "+61 491 570 006",
            "email", "ada@example.com",
            "subject", "A new battery",
            "message", "After five, please.",
            "funnel", "Your form",
            "createdAt", clock.instant().toString()));
  }
}
