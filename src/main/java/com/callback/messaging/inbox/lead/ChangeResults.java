package com.callback.messaging.inbox.lead;

import com.callback.messaging.operation.api.Results;
import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Tells what came of a change of leads. */
@Component
public class ChangeResults {

  private final ObjectMapper json;

  ChangeResults(ObjectMapper json) {
    this.json = json;
  }

  /**
   * Goes on where the one lead is now as it was to be.
   *
   * @param row of {@code change-leads.sql}
   * @throws RequestRefusedException 404 when there is no such lead, 412 when it is not as the
   *     caller has seen it, 422 when nobody of that id is there to have it, and 409 when it may not
   *     be changed so
   */
  public void one(Change change, Caller caller, Map<String, Object> row)
      throws JsonProcessingException {
    var changed = ChangedLeads.of(row);
    for (var lead : json.readTree(changed.others())) {
      if (lead.path("was").isNull()) {
        throw new RequestRefusedException(Results.NOTHING);
      }
      if (!lead.path("asSeen").asBoolean()) {
        throw new RequestRefusedException(Revisions.changed(lead.path("revision").asInt()));
      }
      requireMember(change, changed);
      var refusal = Refusal.of(change.move(), lead, caller.id().toString());
      if (refusal != null) {
        throw new RequestRefusedException(refusal.problem());
      }
    }
  }

  /**
   * The answer to a change of many: how many were changed, how many were so already, which were
   * left alone and why, and by which id it can be undone.
   *
   * @param row of {@code change-leads.sql}
   * @throws RequestRefusedException 422 when nobody of that id is there to have them
   */
  public String many(Change change, Caller caller, Map<String, Object> row)
      throws JsonProcessingException {
    var changed = ChangedLeads.of(row);
    requireMember(change, changed);
    var others = json.readTree(changed.others());
    var failed = json.createArrayNode();
    for (var lead : others) {
      refuse(change, caller, lead, failed);
    }
    return json.createObjectNode()
        .put("done", changed.count())
        .put("unchanged", others.size() - failed.size())
        .put("undoId", changed.undoId())
        .set("failed", failed)
        .toString();
  }

  /** What the audit trail says of a change of many, as JSON. */
  public String details(String answer) throws JsonProcessingException {
    var told = json.readTree(answer);
    return json.createObjectNode()
        .put("done", told.get("done").asLong())
        .put("unchanged", told.get("unchanged").asLong())
        .put("failed", told.get("failed").size())
        .toString();
  }

  private void refuse(Change change, Caller caller, JsonNode lead, ArrayNode failed) {
    var failure = json.createObjectNode().put("id", lead.get("id").asText());
    if (lead.path("was").isNull()) {
      failed.add(failure.put("reason", "not-found").put("detail", Results.NOTHING.detail()));
      return;
    }
    var refusal = Refusal.of(change.move(), lead, caller.id().toString());
    if (refusal != null) {
      failed.add(failure.put("reason", refusal.kind()).put("detail", refusal.detail()));
    }
  }

  private static void requireMember(Change change, ChangedLeads changed) {
    if (!changed.isAssigneeKnown()) {
      throw new RequestRefusedException(
          Problem.of(
                  422,
                  "unknown-member",
                  "This member cannot be assigned",
                  "Nothing was changed. Send the id of an owner or an agent of the business: viewers cannot be assigned.")
              .with(
                  List.of(
                      new FieldError(
                          change.assigneeField(),
                          "Give the id of an owner or an agent of the business, or null for nobody."))));
    }
  }
}
