package com.callback.messaging.delivery.subscription;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Shows what is held for a subscription before it is let go. */
@Component
public class HeldPreview {

  private final BodyPreview bodies;
  private final ObjectMapper json;

  HeldPreview(BodyPreview bodies, ObjectMapper json) {
    this.bodies = bodies;
    this.json = json;
  }

  /**
   * The answer as JSON; null when there is no such subscription.
   *
   * @param counted the row of {@code count-held-deliveries.sql}; null where there is none
   * @param first the rows of {@code list-held-deliveries.sql}
   */
  public String of(Map<String, Object> counted, List<Map<String, Object>> first)
      throws JsonProcessingException {
    if (counted == null) {
      return null;
    }
    var answer = new LinkedHashMap<String, Object>();
    answer.put("count", counted.get("count"));
    answer.put("oldestAt", counted.get("oldest_at"));
    answer.put("oldestAgeSeconds", counted.get("age"));
    answer.put("first", first.stream().map(this::shown).toList());
    return json.writeValueAsString(answer);
  }

  private Map<String, Object> shown(Map<String, Object> row) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("id", row.get("id"));
    shown.put("eventType", row.get("event_type"));
    shown.put("createdAt", row.get("created_at"));
    shown.put("body", bodies.of(row));
    return shown;
  }
}
