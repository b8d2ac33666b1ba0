package com.callback.messaging.delivery.subscription;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Shows what is held for a subscription before it is let go. */
@Component
public class HeldPreview {

  private final BodyPreview bodies;
  private final ObjectMapper json;

  /** What the API shows of all that is held; without times where nothing is. */
  private record Held(
      Object count, Object oldestAt, Object oldestAgeSeconds, List<HeldDelivery> first) {

    static Held of(Map<String, Object> row, List<HeldDelivery> first) {
      return new Held(row.get("count"), row.get("oldest_at"), row.get("age"), first);
    }
  }

  /** What the API shows of one of them. */
  private record HeldDelivery(Object id, Object eventType, Object createdAt, Object body) {

    static HeldDelivery of(Map<String, Object> row, Object body) {
      return new HeldDelivery(row.get("id"), row.get("event_type"), row.get("created_at"), body);
    }
  }

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
    return json.writeValueAsString(
        Held.of(counted, first.stream().map(row -> HeldDelivery.of(row, bodies.of(row))).toList()));
  }
}
