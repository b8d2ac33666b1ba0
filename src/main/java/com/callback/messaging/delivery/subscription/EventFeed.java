package com.callback.messaging.delivery.subscription;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * The events of a business for receivers that poll, with the bodies that webhooks have. A cursor
 * names a place in the order of events, which stays the same after a restore; it is no secret and
 * grants nothing.
 */
@Component
public class EventFeed {

  /** As many as {@code list-events.sql} reads for a page. */
  private static final long MOST_SCANNED = 2_000;

  /** What webhooks can be subscribed to. */
  private static final String ALL_TYPES =
      "message.created,message.read,message.acknowledged,message.responded,message.archived,"
          + "message.reply_received,message.unreached,message.escalated,delivery.failed";

  private static final Pattern CURSOR = Pattern.compile("events ([0-9]{1,18}) ([0-9]{1,18})");

  private static final Problem NO_CURSOR =
      Problems.invalidParameter(
          "after",
          "Give `next` of the previous response, or leave it out to begin with the oldest event.");

  private final BodyPreview bodies;
  private final ObjectMapper json;

  /**
   * A place in the order of events: behind this one.
   *
   * @param tx the place of the transaction that wrote it
   * @param id of the event
   */
  public record Position(long tx, long id) {

    private String cursor() {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString("events %d %d".formatted(tx, id).getBytes(StandardCharsets.US_ASCII));
    }
  }

  /**
   * What the API shows of an event.
   *
   * @param webhookIds the {@code webhook-id} of its delivery by subscription
   */
  private record Item(String id, JsonNode webhookIds, Object body) {}

  private record Page(List<Item> items, String next, boolean more) {}

  EventFeed(BodyPreview bodies, ObjectMapper json) {
    this.bodies = bodies;
    this.json = json;
  }

  /**
   * Where the page begins.
   *
   * @throws RequestRefusedException 400 when the cursor is none
   */
  public Position position(OperationRequest input) {
    var cursor = (String) input.values().get("after");
    if (cursor == null) {
      return new Position(0, 0);
    }
    var position = CURSOR.matcher(decoded(cursor));
    if (!position.matches()) {
      throw new RequestRefusedException(NO_CURSOR);
    }
    return new Position(Long.parseLong(position.group(1)), Long.parseLong(position.group(2)));
  }

  /** The types of the page with commas between them: all that there are where none is given. */
  public String types(OperationRequest input) {
    return (String) input.values().getOrDefault("types", ALL_TYPES);
  }

  /**
   * The page as the API gives it.
   *
   * @param rows what {@code list-events.sql} gave, one at least
   * @throws RequestRefusedException 400 when the cursor is ahead of all events, because it comes
   *     from other data
   */
  public String page(OperationRequest input, Position after, List<Map<String, Object>> rows)
      throws JsonProcessingException {
    var first = rows.get(0);
    if (after.tx() > number(first, "now")) {
      throw new RequestRefusedException(NO_CURSOR);
    }
    var events = rows.stream().filter(row -> row.get("event_id") != null).toList();
    var isFull = events.size() == (Long) input.values().get("limit");
    var next = after;
    if (isFull) {
      var last = events.get(events.size() - 1);
      next = new Position(number(last, "event_tx"), number(last, "event_id"));
    } else if (first.get("ended_id") != null) {
      next = new Position(number(first, "ended_tx"), number(first, "ended_id"));
    }
    return json.writeValueAsString(
        new Page(items(events), next.cursor(), isFull || number(first, "scanned") == MOST_SCANNED));
  }

  private List<Item> items(List<Map<String, Object>> events) throws JsonProcessingException {
    var items = new ArrayList<Item>();
    for (var event : events) {
      var body = bodies.of(event);
      // Without a body its lead was erased while the page was read.
      if (body != null) {
        items.add(
            new Item(
                event.get("event_id").toString(),
                json.readTree((String) event.get("webhook_ids")),
                body));
      }
    }
    return items;
  }

  private static long number(Map<String, Object> row, String column) {
    return ((Number) row.get(column)).longValue();
  }

  private static String decoded(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
