package com.callback.messaging.delivery.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Reads claimed rows. */
@Component
public class Deliveries {

  /**
   * Takes whatever PostgreSQL holds as JSON: a row that could not be read would come back for ever.
   */
  private final ObjectMapper json =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNumberLength(Integer.MAX_VALUE)
                          .maxNestingDepth(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  Deliveries() {}

  /** No parameters. */
  public Map<String, Object> nothing() {
    return Map.of();
  }

  /** No row at all. */
  public List<Map<String, Object>> none() {
    return List.of();
  }

  /**
   * Reads the rows of one claim of {@code claim-deliveries.sql}. Text that several of them have,
   * such as a target, is parsed once.
   */
  Function<Map<?, ?>, Delivery> reader() {
    var parsed = new ConcurrentHashMap<String, JsonNode>();
    return row -> of(row, parsed);
  }

  /** The delivery in a row of {@code claim-deliveries.sql}. */
  public Delivery of(Map<?, ?> row) {
    return of(row, new ConcurrentHashMap<>());
  }

  private Delivery of(Map<?, ?> row, Map<String, JsonNode> parsed) {
    return new Delivery(
        (UUID) row.get("id"),
        (UUID) row.get("business_id"),
        (String) row.get("cause"),
        (String) row.get("channel"),
        (UUID) row.get("queue_id"),
        (String) row.get("recipient"),
        ((Number) row.get("attempt")).intValue(),
        ((Number) row.get("round")).intValue(),
        ((Number) row.get("attempt_limit")).intValue(),
        (String) row.get("leased_by"),
        shared(row, "target", parsed),
        message(row),
        shared(row, "business", parsed),
        json(row, "payload"),
        json(row, "event"),
        (String) row.get("suppression"));
  }

  /** The lead, with the title of its funnel. */
  private JsonNode message(Map<?, ?> row) {
    var message = json(row, "message");
    if (message instanceof ObjectNode lead) {
      lead.put("funnel", (String) row.get("funnel"));
    }
    return message;
  }

  private JsonNode shared(Map<?, ?> row, String column, Map<String, JsonNode> parsed) {
    var text = (String) row.get(column);
    return text == null ? null : parsed.computeIfAbsent(text, each -> json(row, column));
  }

  private JsonNode json(Map<?, ?> row, String column) {
    try {
      var text = (String) row.get(column);
      return text == null ? null : json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The database gave " + column + " that is not JSON", e);
    }
  }
}
