package com.callback.messaging.inbox.lead;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** A change of many leads: of those that are named, or of all that a filter finds. */
@Component
public class BulkChange {

  /** So many leads change in one commit at most. */
  private static final int MOST = 10_000;

  private final ObjectMapper json;
  private final Changes changes;

  BulkChange(ObjectMapper json, Changes changes) {
    this.json = json;
    this.changes = changes;
  }

  /**
   * What is to become of them.
   *
   * @throws RequestRefusedException 400 when what is asked for makes no sense whatever the leads
   */
  public Change change(OperationRequest input, Caller caller) throws JsonProcessingException {
    var body = json.readTree(input.body());
    requireWhich(body);
    var action = body.get("action").asText();
    requireOnly(body, "assignee", action.equals("assign"));
    requireOnly(body, "tags", action.equals("tag") || action.equals("untag"));
    return switch (action) {
      // What is held is in no state that it could be moved from.
      case "release", "discard" -> new Change(action, null, "{}");
      case "assign" ->
          changes.of(changes.assigned(json.createObjectNode(), body.get("assignee")), "assignee");
      case "tag" ->
          changes.of(changes.tagged(json.createObjectNode(), "add", body.get("tags")), null);
      case "untag" ->
          changes.of(changes.tagged(json.createObjectNode(), "remove", body.get("tags")), null);
      default -> changes.of(changes.moving(action, caller), null);
    };
  }

  /**
   * The ids of those that are meant, as JSON.
   *
   * @param row of {@code choose-leads.sql}
   * @throws RequestRefusedException 409 when they are not as many as was expected, 422 when they
   *     are too many for one commit
   */
  public String chosen(OperationRequest input, Map<String, Object> row)
      throws JsonProcessingException {
    var body = json.readTree(input.body());
    var found = ((Number) row.get("found")).longValue();
    if (found > MOST) {
      throw refused(
          422,
          "too-many-messages",
          "Too many leads for one change",
          "Nothing was changed. Narrow the filter to at most 10,000 leads, for example by date, and send several requests.",
          new FieldError("filter", "It finds more than 10,000 leads."));
    }
    if (body.has("filter") && body.get("expectedCount").asLong() != found) {
      throw refused(
          409,
          "count-changed",
          "The count has changed",
          "Nothing was changed. Count again with the same filters, and send that count.",
          new FieldError("expectedCount", "There are " + found + " now."));
    }
    return (String) row.get("ids");
  }

  private static void requireWhich(JsonNode body) {
    if (body.has("ids") == body.has("filter")) {
      throw Changes.wrong(
          "ids", "Give either ids, or a filter with the count that is expected of it.");
    }
    if (body.has("filter") != body.has("expectedCount")) {
      throw Changes.wrong(
          "expectedCount",
          body.has("filter")
              ? "Give the count that GET /api/messages/count gave for the same filter."
              : "It goes with a filter: leave it out.");
    }
  }

  private static void requireOnly(JsonNode body, String field, boolean isWanted) {
    if (body.has(field) != isWanted) {
      throw Changes.wrong(
          field,
          isWanted ? "This action needs it." : "This action does not need it: leave it out.");
    }
  }

  private static RequestRefusedException refused(
      int status, String kind, String title, String detail, FieldError error) {
    return new RequestRefusedException(
        Problem.of(status, kind, title, detail).with(List.of(error)));
  }
}
