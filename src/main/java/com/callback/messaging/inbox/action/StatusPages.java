package com.callback.messaging.inbox.action;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.operation.caller.CredentialKind;
import com.callback.messaging.platform.http.Page;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.callback.messaging.platform.template.Templates;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What a visitor sees of their request, and how they withdraw it. */
@Component("statusPages")
public class StatusPages {

  private static final String VISITOR = "visitor, no longer needed";

  private static final Problem DELETED =
      Problem.of(
          410,
          "deleted-lead",
          "This request was deleted",
          "There is nothing left to do. Send a new one if you still want to be called.");

  private final Templates templates;
  private final ObjectMapper json;

  StatusPages(Templates templates, ObjectMapper json) {
    this.templates = templates;
    this.json = json;
  }

  /**
   * The page.
   *
   * @param row of {@code load-visitor-status.sql}; null where the lead was deleted
   * @throws RequestRefusedException 410 where it was deleted
   */
  public Page show(String row) throws JsonProcessingException {
    var lead = read(row);
    var status = lead.path("status").asText();
    var model = new LinkedHashMap<String, Object>();
    model.put("lang", "en");
    model.put("business", lead.path("business").textValue());
    model.put("reference", lead.path("reference").textValue());
    model.put("isClosed", status.equals("archived"));
    model.put("isOpen", !status.equals("archived"));
    model.put("step", step(status, lead.path("outcome").asText()));
    model.put(
        "dueAt",
        status.equals("unread") || status.equals("read") ? Moments.of(lead, "dueAt") : null);
    model.values().removeIf(value -> value == null);
    return new Page(200, templates.fill("pages/status", model));
  }

  private static String step(String status, String outcome) {
    return switch (status) {
      case "unread", "read" ->
          outcome.equals("no_answer") ? "We tried to call you" : "Your request has arrived";
      case "acknowledged" ->
          outcome.equals("voicemail") ? "We tried to call you" : "Somebody is looking after it";
      case "responded" -> "We have been in touch";
      default -> "This request is closed";
    };
  }

  /** The visitor as the caller, with a name that says what they do. */
  public Caller visitor(String row) throws JsonProcessingException {
    var business = UUID.fromString(read(row).path("businessId").asText());
    return new Caller(
        business,
        VISITOR,
        CredentialKind.ADDRESS,
        UUID.nameUUIDFromBytes(("visitor " + business).getBytes(StandardCharsets.UTF_8)),
        null);
  }

  /** The operation that withdraws a lead. */
  public OperationRequest withdrawn(UUID lead) {
    return new OperationRequest("archiveMessage", Map.of("id", lead.toString()), null);
  }

  private JsonNode read(String row) throws JsonProcessingException {
    if (row == null) {
      throw new RequestRefusedException(DELETED);
    }
    return json.readTree(row);
  }
}
