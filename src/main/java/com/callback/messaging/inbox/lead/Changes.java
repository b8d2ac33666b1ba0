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
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Reads what is to become of a lead. */
@Component("leadChanges")
public class Changes {

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
    if (input.operation().equals("cancelReminder")) {
      return of(seen(json.createObjectNode().put("puts_off", true), input), null);
    }
    var body = json.readTree(input.body());
    return switch (input.operation()) {
      case "remindOfMessage" -> {
        var change = json.createObjectNode().put("puts_off", true);
        yield of(seen(change.put("call_again_at", reminder(body)), input), null);
      }
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

  /**
   * What the outcome of a phone call does to the lead that was rung.
   *
   * @param rule what the business has for this outcome, as {@code load-outcome-rule.sql} gives it
   * @throws RequestRefusedException when the time to call again makes no sense
   */
  public Change called(OperationRequest input, Caller caller, String rule)
      throws JsonProcessingException {
    var body = json.readTree(input.body());
    var given = json.readTree(rule);
    var outcome = body.get("outcome").asText();
    var change = moving(outcome, caller).put("outcome", outcome);
    if (body.hasNonNull("note")) {
      change.put("note", body.get("note").asText());
    }
    if (!body.hasNonNull("callAgainAt")) {
      change.set("call_again_at", given.get("callAgainAt"));
    } else if (outcome.equals("no_answer")) {
      change.put("call_again_at", later("callAgainAt", body.get("callAgainAt")));
    } else {
      throw wrong("callAgainAt", "Leave it out, or send the outcome no_answer.");
    }
    return of(seen(change, input), null);
  }

  /** Puts a lead away that was rung, after its outcome is recorded. */
  public Change closing(Caller caller) {
    return of(moving("archive", caller), null);
  }

  private String reminder(JsonNode body) {
    if (body.has("at") == body.has("inMinutes")) {
      throw wrong("at", "Give either a moment, or inMinutes.");
    }
    return body.has("at")
        ? later("at", body.get("at"))
        : clock
            .instant()
            .truncatedTo(ChronoUnit.MILLIS)
            .plus(Duration.ofMinutes(body.get("inMinutes").asLong()))
            .toString();
  }

  private String later(String field, JsonNode wanted) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    try {
      var at = OffsetDateTime.parse(wanted.asText()).toInstant();
      if (at.isAfter(now) && !at.isAfter(now.plus(LATEST))) {
        return at.toString();
      }
    } catch (DateTimeException e) {
      // Such as a leap second: as good as out of range.
    }
    throw wrong(field, "Give a future time within 30 days.");
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
