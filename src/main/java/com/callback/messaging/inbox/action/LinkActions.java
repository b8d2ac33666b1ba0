package com.callback.messaging.inbox.action;

import com.callback.messaging.delivery.action.ActionLink;
import com.callback.messaging.delivery.action.ActionLinks;
import com.callback.messaging.inbox.lead.StatusTransitions;
import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.platform.http.BodyLimit;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Query;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/** What a recipient does to a lead by a link, as operations of the API that do the same. */
@Component("linkActions")
public class LinkActions {

  static final String TAKE = "take";

  /** Outcomes of a call that a page offers, where the service knows them. */
  private static final List<String> OUTCOMES =
      List.of("reached", "no_answer", "voicemail", "booked", "not_interested", "wrong_number");

  private static final Problem DELETED =
      Problem.of(
          410,
          "deleted-lead",
          "The lead was deleted",
          "There is nothing left to do: its name and number are no longer stored.");

  private static final Problem NOT_YOURS =
      Problem.of(
          410,
          "former-recipient",
          "This link no longer works",
          "The address it was sent to gets no leads of the business any more. Ask an owner to add it again.");

  private static final Problem READ_ONLY =
      Problem.of(
          403,
          "missing-scope",
          "You can only look at it",
          "You are a viewer of the business, who cannot change leads: ask an owner.");

  private static final Problem NO_ACTION =
      Problem.of(
          400,
          "unknown-action",
          "There is no such button",
          "Open the link again and press one of its buttons.");

  private final ActionLinks links;
  private final ObjectMapper json;

  LinkActions(ActionLinks links, ObjectMapper json) {
    this.links = links;
    this.json = json;
  }

  /** Outcomes that may be recorded of a lead that stands so. */
  static List<String> outcomesOf(String status) {
    return OUTCOMES.stream()
        .filter(StatusTransitions.names()::contains)
        .filter(outcome -> StatusTransitions.of(outcome).containsKey(status))
        .toList();
  }

  /**
   * The lead behind a link.
   *
   * @param row of {@code load-action-link.sql}; null where there is none
   * @throws RequestRefusedException 410 when it was deleted, or the recipient is none any more
   */
  public LinkedLead found(ActionLink link, String row) throws JsonProcessingException {
    if (row == null) {
      throw new RequestRefusedException(DELETED);
    }
    var lead = json.readTree(row);
    var business = UUID.fromString(lead.path("businessId").asText());
    return StreamSupport.stream(lead.path("recipients").spliterator(), false)
        .map(each -> Recipient.of(business, each))
        .filter(each -> links.isFor(link, each.channel(), each.address()))
        .findFirst()
        .map(recipient -> new LinkedLead(link, lead, recipient))
        .orElseThrow(() -> new RequestRefusedException(NOT_YOURS));
  }

  /** The recipient as the caller. */
  public Caller caller(LinkedLead linked) {
    return linked.recipient().caller(Recipient.LINK);
  }

  /**
   * The operation that a pressed button means.
   *
   * @throws RequestRefusedException 403 for a viewer, 400 for a button that is none
   */
  public OperationRequest pressed(LinkedLead linked, HttpServletRequest request) {
    if (!linked.recipient().mayAct()) {
      throw new RequestRefusedException(READ_ONLY);
    }
    var form = Query.of(new String(BodyLimit.bodyOf(request), StandardCharsets.UTF_8));
    var action = field(form, "action");
    if (action.equals(TAKE)) {
      return taken(linked.link().lead());
    }
    if (!OUTCOMES.contains(action) || !StatusTransitions.names().contains(action)) {
      throw new RequestRefusedException(NO_ACTION);
    }
    // The revision makes it happen once: a button that is pressed again is of an earlier state.
    return outcome(linked.link().lead(), action, "\"" + field(form, "revision") + "\"");
  }

  static OperationRequest taken(UUID lead) {
    return new OperationRequest("acknowledgeMessage", Map.of("id", lead.toString()), null);
  }

  /**
   * A call and what came of it.
   *
   * @param ifMatch the revision that the lead must have; null for any
   */
  static OperationRequest outcome(UUID lead, String outcome, String ifMatch) {
    var values = new HashMap<String, Object>();
    values.put("id", lead.toString());
    if (ifMatch != null) {
      values.put("If-Match", ifMatch);
    }
    return new OperationRequest(
        "recordCallOutcome", values, "{\"outcome\":\"%s\"}".formatted(outcome));
  }

  private static String field(Map<String, String[]> form, String name) {
    return form.getOrDefault(name, new String[] {""})[0];
  }
}
