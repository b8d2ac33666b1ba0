package com.callback.messaging.inbox.analytics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Adds to what was counted of leads how long the responses to them took. */
@Component
public class ResponseTimes {

  private final ObjectMapper json = new JsonMapper();

  ResponseTimes() {}

  /**
   * The whole answer: what was counted, and the percentiles of it.
   *
   * @param rows of {@code load-figures.sql}
   */
  public String added(List<Map<String, Object>> rows) throws JsonProcessingException {
    var answer = json.createObjectNode();
    var total = new Responses();
    var days = new HashMap<Object, Responses>();
    var intervals = new HashMap<Object, Responses>();
    var funnels = new HashMap<Object, Responses>();
    var priorities = new HashMap<Object, Responses>();
    var members = new HashMap<Object, Responses>();
    for (var row : rows) {
      if (row.get("answer") != null) {
        answer.setAll((ObjectNode) json.readTree((String) row.get("answer")));
      } else {
        var seconds = Responses.read(row);
        total.add(seconds);
        days.computeIfAbsent(row.get("day"), key -> new Responses()).add(seconds);
        intervals.computeIfAbsent(row.get("from"), key -> new Responses()).add(seconds);
        funnels.computeIfAbsent(row.get("funnel_id"), key -> new Responses()).add(seconds);
        priorities.computeIfAbsent(row.get("priority"), key -> new Responses()).add(seconds);
        members.computeIfAbsent(row.get("member_id"), key -> new Responses()).add(seconds);
      }
    }
    total.addTo((ObjectNode) answer.get("total"));
    add(days, answer.get("days"), "day");
    add(intervals, answer.get("intervals"), "from");
    add(funnels, answer.get("funnels"), "funnelId");
    add(priorities, answer.get("priorities"), "priority");
    add(members, answer.get("members"), "memberId");
    keep(answer.get("promise"), total.medianToRespond());
    return json.writeValueAsString(answer);
  }

  private static void add(Map<Object, Responses> responses, JsonNode parts, String key) {
    for (var part : parts) {
      responses.getOrDefault(part.get(key).textValue(), new Responses()).addTo((ObjectNode) part);
    }
  }

  /** The promise about the time to respond is the one that the statement cannot tell. */
  private static void keep(JsonNode promises, Integer median) {
    for (var promise : promises) {
      if (median != null && "medianSecondsToRespond".equals(promise.get("name").textValue())) {
        ((ObjectNode) promise)
            .put("actual", median)
            .put("kept", median < promise.get("target").intValue());
      }
    }
  }
}
