package com.callback.messaging.inbox.action;

import com.callback.messaging.inbox.lead.StatusTransitions;
import com.callback.messaging.platform.http.Page;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.template.Templates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The page behind an action link. It works without JavaScript, and a look at it changes nothing:
 * scanners of mails and previews follow links.
 */
@Component
public class ActionPages {

  private final Templates templates;
  private final String inbox;

  ActionPages(Templates templates, @Value("${messaging.public-url}") String publicUrl) {
    this.templates = templates;
    this.inbox = publicUrl.strip().replaceAll("/+$", "") + "/inbox/";
  }

  /** The lead, who has it, and what its recipient can do. */
  public Page show(LinkedLead linked) {
    return filled(200, linked, null);
  }

  /**
   * The same where a button did nothing, with the reason.
   *
   * @param linked as it stands now
   * @param problem why it was refused
   */
  public Page refused(LinkedLead linked, Problem problem) {
    return filled(problem.status(), linked, notice(linked, problem));
  }

  private static String notice(LinkedLead linked, Problem problem) {
    return switch (problem.status()) {
      case 409 -> problem.title() + ".";
      case 412 ->
          "The lead has changed since you opened this page, so nothing was recorded. Look at it, and press again.";
      default -> problem.title() + ". " + problem.detail();
    };
  }

  private Page filled(int status, LinkedLead linked, String notice) {
    var model = new LinkedHashMap<String, Object>();
    model.put("lang", "en");
    model.put("notice", notice);
    for (var field :
        List.of(
            "business",
            "name",
            "phone",
            "phoneLink",
            "email",
            "subject",
            "message",
            "funnel",
            "reference")) {
      model.put(field, linked.text(field));
    }
    model.put("isUrgent", linked.lead().path("isUrgent").asBoolean());
    for (var moment : List.of("receivedAt", "dueAt", "callAgainAt")) {
      model.put(moment, Moments.of(linked.lead(), moment));
    }
    model.put("inboxLink", inbox + linked.link().lead());
    model.put("revision", linked.lead().path("revision").asText());
    putState(linked, model);
    model.values().removeIf(value -> value == null);
    return new Page(status, templates.fill("pages/action", model));
  }

  private static void putState(LinkedLead linked, Map<String, Object> model) {
    var status = linked.text("status");
    var isOpen = status.equals("unread") || status.equals("read");
    var mayAct = linked.recipient().mayAct() && !linked.lead().path("isQuarantined").asBoolean();
    var holder = holder(linked);
    var isTaken = !isOpen && linked.lead().hasNonNull("acknowledgedAt");
    model.put("isMine", isTaken && isTheirs(linked));
    model.put("holder", isTaken && !isTheirs(linked) ? holder : null);
    model.put("assignee", isOpen ? linked.text("assignee") : null);
    model.put("takenAt", isTaken ? Moments.of(linked.lead(), "acknowledgedAt") : null);
    model.put("isArchived", status.equals("archived"));
    model.put(
        "outcome", linked.lead().hasNonNull("outcome") ? label(linked.text("outcome")) : null);
    model.put(
        "mayTake", mayAct && StatusTransitions.of("acknowledge").containsKey(status) && isOpen);
    model.put(
        "outcomes",
        mayAct
            ? LinkActions.outcomesOf(status).stream()
                .map(each -> Map.of("value", each, "label", label(each)))
                .toList()
            : List.of());
    model.put("hasOutcomes", !((List<?>) model.get("outcomes")).isEmpty());
  }

  private static boolean isTheirs(LinkedLead linked) {
    var assignedTo = linked.text("assignedTo");
    return linked
        .recipientId()
        .equals(assignedTo == null ? linked.lead().at("/first/byId").textValue() : assignedTo);
  }

  private static String holder(LinkedLead linked) {
    var first = linked.lead().at("/first/by").textValue();
    if (linked.text("assignee") != null) {
      return linked.text("assignee");
    }
    return first == null ? "Somebody else" : Recipient.addressOf(first);
  }

  private static String label(String outcome) {
    var words = outcome.replace('_', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ENGLISH) + words.substring(1);
  }
}
