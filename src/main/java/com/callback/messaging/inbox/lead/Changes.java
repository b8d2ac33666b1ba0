package com.callback.messaging.inbox.lead;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Reads what is to become of a lead. */
@Component("leadChanges")
public class Changes {

  /** When to call again where nobody says. */
  private static final Duration SOON = Duration.ofHours(2);

  private static final Duration LATEST = Duration.ofDays(30);

  /** Operations that are a move and nothing else. */
  private static final Map<String, String> MOVES =
      Map.of(
          "readMessage", "read",
          "unreadMessage", "unread",
          "acknowledgeMessage", "acknowledge",
          "respondMessage", "respond",
          "archiveMessage", "archive",
          "unarchiveMessage", "unarchive");

  /** What takes a lead to where somebody wants it to stand. */
  private static final Map<String, String> MOVES_TO =
      Map.of(
          "read", "read",
          "unread", "unread",
          "acknowledged", "acknowledge",
          "responded", "respond",
          "archived", "archive");

  private final ObjectMapper json;
  private final Clock clock;

  Changes(ObjectMapper json, Clock clock) {
    this.json = json;
    this.clock = clock;
  }

  /**
   * What an operation does to the one lead that it names.
   *
   * @throws RequestRefusedException when what is asked for makes no sense whatever the lead
   */
  public Change one(OperationRequest input, Caller caller) throws JsonProcessingException {
    var move = MOVES.get(input.operation());
    if (move != null) {
      return of(seen(moving(move, caller), input), null);
    }
    var body = json.readTree(input.body());
    return switch (input.operation()) {
      case "recordCallOutcome" -> called(body, input, caller);
      case "assignMessage" ->
          of(seen(assigned(json.createObjectNode(), body.get("memberId")), input), "memberId");
      case "tagMessage" ->
          of(seen(tagged(json.createObjectNode(), "set", body.get("tags")), input), null);
      case "changeMessage" ->
          changed(body, Revisions.wanted((String) input.values().get("If-Match")), caller);
      default -> throw new IllegalArgumentException(input.operation() + " changes no lead");
    };
  }

  /** The lead that an operation names in its path, as a list of ids in JSON. */
  public String idOf(OperationRequest input) {
    return "[\"" + input.values().get("id") + "\"]";
  }

  /** A move, whoever makes it and to however many. */
  ObjectNode moving(String move, Caller caller) {
    var change = json.createObjectNode().put("move", move);
    change.set("moves", json.valueToTree(StatusTransitions.of(move)));
    if (move.equals("unarchive")) {
      change.put("event", "message.unarchived");
    }
    return change.put("member", caller.isPerson() ? caller.id().toString() : null);
  }

  ObjectNode assigned(ObjectNode change, JsonNode assignee) {
    change.put("assigns", true);
    change.set("assignee", assignee);
    return change;
  }

  ObjectNode tagged(ObjectNode change, String how, JsonNode tags) {
    change.put("tagging", how);
    change.set("tags", tags);
    return change;
  }

  Change of(ObjectNode change, String assigneeField) {
    return new Change(change.path("move").asText(null), assigneeField, change.toString());
  }

  /** What a caller says they have seen holds wherever they say it. */
  private ObjectNode seen(ObjectNode change, OperationRequest input) {
    var ifMatch = (String) input.values().get("If-Match");
    return ifMatch == null
        ? change
        : change.set("revisions", json.valueToTree(Revisions.wanted(ifMatch)));
  }

  private Change called(JsonNode body, OperationRequest input, Caller caller) {
    var outcome = body.get("outcome").asText();
    var change = moving(outcome, caller).put("outcome", outcome);
    if (body.hasNonNull("note")) {
      change.put("note", body.get("note").asText());
    }
    if (outcome.equals("no_answer")) {
      change.put("call_again_at", again(body.get("callAgainAt")).toString());
    } else if (body.hasNonNull("callAgainAt")) {
      throw wrong("callAgainAt", "Leave it out, or send the outcome no_answer.");
    }
    return of(seen(change, input), null);
  }

  private Instant again(JsonNode wanted) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (wanted == null || wanted.isNull()) {
      return now.plus(SOON);
    }
    try {
      var at = OffsetDateTime.parse(wanted.asText()).toInstant();
      if (at.isAfter(now) && !at.isAfter(now.plus(LATEST))) {
        return at;
      }
    } catch (DateTimeException e) {
      // Such as a leap second: as good as out of range.
    }
    throw wrong("callAgainAt", "Give a future time within 30 days.");
  }

  private Change changed(JsonNode body, List<Integer> revisions, Caller caller) {
    var change = json.createObjectNode();
    if (body.has("status")) {
      var status = body.get("status").asText();
      change = moving(MOVES_TO.get(status), caller);
      change.set("moves", json.valueToTree(straightTo(status)));
    }
    if (body.has("priority")) {
      change.set("priority", body.get("priority"));
    }
    if (body.has("assignedTo")) {
      assigned(change, body.get("assignedTo"));
    }
    if (body.has("tags")) {
      tagged(change, "set", body.get("tags"));
    }
    if (revisions != null) {
      change.set("revisions", json.valueToTree(revisions));
    }
    return of(change, "assignedTo");
  }

  /** Only what ends where it was wanted: whoever says where is not content with less. */
  private static Map<String, String> straightTo(String status) {
    var moves = new TreeMap<>(StatusTransitions.of(MOVES_TO.get(status)));
    moves.values().removeIf(to -> !to.equals(status));
    return moves;
  }

  static RequestRefusedException wrong(String field, String remedy) {
    return new RequestRefusedException(Problems.invalidBody(field, remedy));
  }
}
