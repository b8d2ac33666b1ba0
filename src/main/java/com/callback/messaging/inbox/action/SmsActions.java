package com.callback.messaging.inbox.action;

import com.callback.messaging.inbox.action.SmsCommands.Command;
import com.callback.messaging.inbox.lead.StatusTransitions;
import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.platform.http.Problem;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/**
 * Acts on a lead by an SMS of a person who was notified of it. What is not clear is asked back,
 * once: of several open leads the SMS must name one.
 */
@Component("smsActions")
public class SmsActions {

  /** As many leads as a question names. */
  private static final int MOST = 4;

  private final SmsCommands commands;
  private final ObjectMapper json;

  SmsActions(SmsCommands commands, ObjectMapper json) {
    this.commands = commands;
    this.json = json;
  }

  /**
   * Whether a received reply is worth the look into the database.
   *
   * @param reply the reply as JSON, of a mail or an SMS
   */
  public boolean isCommand(String reply) throws JsonProcessingException {
    var row = json.readTree(reply);
    return row.hasNonNull("number") && commands.in(row.path("body").asText()).isPresent();
  }

  /**
   * What the SMS does.
   *
   * @param reply as JSON
   * @param found by {@code find-notified-leads.sql}
   */
  public SmsAct decide(String reply, String found) throws JsonProcessingException {
    var row = json.readTree(reply);
    var command = commands.in(row.path("body").asText()).orElseThrow();
    var leads =
        StreamSupport.stream(json.readTree(found).spliterator(), false)
            .filter(lead -> isNamed(lead, command))
            .filter(lead -> recipient(lead).mayAct())
            .toList();
    if (leads.isEmpty()) {
      return SmsAct.NONE;
    }
    var open = leads.stream().filter(lead -> isOpenTo(lead, command)).toList();
    if (open.size() == 1) {
      return act(row, open.get(0), command);
    }
    return open.isEmpty()
        ? tooLate(row, leads.get(0), command)
        : answered("ambiguous", row, open.get(0), question(open, command));
  }

  /**
   * What an SMS did that came too late: somebody else was first meanwhile.
   *
   * @param problem why the operation was refused
   */
  public SmsAct refused(SmsAct act, Problem problem) {
    return new SmsAct(
        "repeated",
        act.caller(),
        null,
        problem.title() + ".",
        act.businessId(),
        act.number(),
        act.receivedId());
  }

  /** The result in the form in which replies are counted. */
  public Map<String, Object> result(SmsAct act) {
    return Map.of("result", act.result());
  }

  private static SmsAct act(JsonNode row, JsonNode lead, Command command) {
    var id = UUID.fromString(lead.path("id").asText());
    var input =
        command.move().equals("acknowledge")
            ? LinkActions.taken(id)
            : LinkActions.outcome(id, command.move(), null);
    // The provider may post the SMS again.
    var values = new HashMap<>(input.values());
    values.put("Idempotency-Key", "sms " + row.path("receivedId").asText());
    return new SmsAct(
        "acted",
        caller(lead),
        new OperationRequest(input.operation(), values, input.body()),
        null,
        caller(lead).businessId(),
        row.path("number").asText(),
        row.path("receivedId").asText());
  }

  private static SmsAct tooLate(JsonNode row, JsonNode lead, Command command) {
    var holder = lead.path("holder").textValue();
    return holder == null || isTheirs(lead) || !command.move().equals("acknowledge")
        ? answered("repeated", row, lead, null)
        : answered(
            "repeated",
            row,
            lead,
            "%s has %s already."
                .formatted(Recipient.addressOf(holder), lead.path("reference").asText()));
  }

  private static SmsAct answered(String result, JsonNode row, JsonNode lead, String text) {
    return new SmsAct(
        result,
        caller(lead),
        null,
        text,
        caller(lead).businessId(),
        row.path("number").asText(),
        row.path("receivedId").asText());
  }

  private static String question(List<JsonNode> open, Command command) {
    return "Which lead? Reply "
        + open.stream()
            .limit(MOST)
            .map(lead -> command.word() + " " + lead.path("reference").asText())
            .collect(Collectors.joining(" or "))
        + ".";
  }

  private static boolean isNamed(JsonNode lead, Command command) {
    return command.reference().isEmpty()
        || lead.path("reference").asText().replace("-", "").startsWith(command.reference());
  }

  private static boolean isOpenTo(JsonNode lead, Command command) {
    var status = lead.path("status").asText();
    if (command.move().equals("acknowledge")) {
      return status.equals("unread") || status.equals("read");
    }
    return !status.equals("responded")
        && StatusTransitions.of(command.move()).containsKey(status)
        && (!lead.hasNonNull("holder") || isTheirs(lead));
  }

  private static boolean isTheirs(JsonNode lead) {
    var holder = lead.path("assignedTo").asText(lead.path("firstId").asText());
    return caller(lead).id().toString().equals(holder);
  }

  private static Caller caller(JsonNode lead) {
    return recipient(lead).caller(Recipient.SMS);
  }

  private static Recipient recipient(JsonNode lead) {
    return Recipient.of(UUID.fromString(lead.path("businessId").asText()), lead.path("recipient"));
  }
}
