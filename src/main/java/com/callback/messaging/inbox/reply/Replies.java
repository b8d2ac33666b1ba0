package com.callback.messaging.inbox.reply;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.operation.api.Results;
import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Writes what a business says to a lead, or says why it cannot be said so. */
@Component
public class Replies {

  /** Most characters of a reply, templates filled in. */
  private static final int LONGEST = 10_000;

  private final ObjectMapper json;
  private final Results results;
  private final ReplyTexts texts;
  private final Addresses addresses;
  private final MailThread mails;
  private final ReplySettings settings;

  Replies(
      ObjectMapper json,
      Results results,
      ReplyTexts texts,
      Addresses addresses,
      MailThread mails,
      ReplySettings settings) {
    this.json = json;
    this.results = results;
    this.texts = texts;
    this.addresses = addresses;
    this.mails = mails;
    this.settings = settings;
  }

  /**
   * Holds against one another what was asked for, before anybody is looked up.
   *
   * @throws RequestRefusedException with what is wrong
   */
  public void check(OperationRequest input) throws JsonProcessingException {
    var body = json.readTree(input.body());
    if (body.has("text") == body.has("templateId")) {
      throw TextProblems.of("text", "Give either text or templateId.");
    }
    if (TextProblems.isSubjectOfSms(body)) {
      throw TextProblems.of(List.of(TextProblems.SMS_HAS_NO_SUBJECT));
    }
  }

  /**
   * The reply that was asked for.
   *
   * @param facts what {@code load-letter.sql} gave; none where the lead is not the caller's
   * @throws RequestRefusedException 400 for what is wrong with the text, 404 without a lead, 409
   *     where it or its address is not written to, 422 where it left no address that the channel
   *     reaches
   */
  public Reply write(OperationRequest input, Object facts, Caller caller)
      throws JsonProcessingException {
    var known = json.readTree(results.found(facts));
    requireAnswerable(known.get("lead"));
    var body = json.readTree(input.body());
    var channel = body.get("channel").asText();
    var recipient = addresses.of(channel, known);
    if (known.path("suppressed").asBoolean()) {
      throw new RequestRefusedException(TextProblems.SUPPRESSED);
    }
    var letter = Letter.of(known.get("lead"), known.get("business"), caller);
    var id = UUID.randomUUID();
    var payload = json.createObjectNode();
    payload.put("text", text(body, known.get("template"), letter));
    if (!channel.equals(ReplyTexts.SMS)) {
      mails.address(id, subject(body, known.get("template"), letter), known, payload);
    }
    return reply(id, channel, recipient, body, payload, caller);
  }

  private static void requireAnswerable(JsonNode lead) {
    if (lead.path("isHeld").asBoolean()) {
      throw new RequestRefusedException(TextProblems.HELD);
    }
    if (lead.path("status").asText().equals("archived")) {
      throw new RequestRefusedException(TextProblems.ARCHIVED);
    }
  }

  private Reply reply(
      UUID id, String channel, String recipient, JsonNode body, ObjectNode payload, Caller caller) {
    var row = json.createObjectNode();
    row.put("id", id.toString());
    row.put("channel", channel);
    row.put("recipient", recipient);
    row.set("subject", payload.get("subject"));
    row.set("body", payload.get("text"));
    row.set("templateId", body.get("templateId"));
    row.set("mailId", payload.get("messageId"));
    row.put("memberId", caller.isPerson() ? caller.id().toString() : null);
    row.set("payload", payload);
    return new Reply(channel, row.toString());
  }

  private String text(JsonNode body, JsonNode template, Letter letter) {
    var field = body.has("text") ? "text" : "templateId";
    var channel = body.get("channel").asText();
    var text =
        texts.body(
            channel,
            body.has("text")
                ? body.get("text").asText()
                : filled(of(channel, template).get("body").asText(), letter));
    if (body.has("text")) {
      requireAsMeant(field, text);
    }
    if (text.isEmpty()) {
      throw TextProblems.of(field, "The text is empty. Write something.");
    }
    if (text.length() > LONGEST) {
      throw TextProblems.of(
          field,
          "A reply may have %d characters, and this one has %d: shorten it."
              .formatted(LONGEST, text.length()));
    }
    if (channel.equals(ReplyTexts.SMS)) {
      requireParts(field, text);
    }
    return text;
  }

  private void requireParts(String field, String text) {
    var parts = texts.size(text).parts();
    if (parts > settings.smsParts()) {
      throw TextProblems.of(
          field,
          "A reply by SMS may have %d parts, and this one takes %d: shorten it, or write a mail."
              .formatted(settings.smsParts(), parts));
    }
  }

  private static JsonNode of(String channel, JsonNode template) {
    if (template == null || template.isNull()) {
      throw TextProblems.of(
          "templateId", "This template does not exist. Take an id from GET /api/templates.");
    }
    if (!template.path("channel").asText().equals(channel)) {
      throw TextProblems.of(
          "templateId",
          "This template is for another channel. Take one from GET /api/templates?channel="
              + channel
              + ".");
    }
    return template;
  }

  /** What was given, else what the template says; null where neither does. */
  private String subject(JsonNode body, JsonNode template, Letter letter) {
    var given = texts.subject(body.path("subject").textValue());
    if (!given.isEmpty()) {
      requireAsMeant("subject", given);
      return given;
    }
    var kept = body.has("templateId") ? template.path("subject").textValue() : null;
    var filled = kept == null ? "" : texts.subject(filled(kept, letter));
    return filled.isEmpty() ? null : filled;
  }

  /** What somebody typed is sent as it stands, also what looks like a placeholder and is none. */
  private static void requireAsMeant(String field, String text) {
    if (TextTemplate.hasPlaceIn(text)) {
      throw TextProblems.of(
          field, "Placeholders work in templates only. Use a template, or write the text.");
    }
  }

  private static String filled(String template, Letter letter) {
    try {
      return TextTemplate.of(template).filled(place -> place.in(letter));
    } catch (TextTemplate.Unreadable e) {
      // Kept by an earlier version, which knew other placeholders.
      throw TextProblems.of("templateId", "Fix the template. " + e.getMessage());
    }
  }

  /** A text that holds against the rules of templates, filled in; with what it takes as an SMS. */
  ObjectNode preview(JsonNode input, Letter letter) {
    var channel = input.get("channel").asText();
    var text = texts.body(channel, filled(input.get("body").asText(), letter));
    var preview = json.createObjectNode();
    var subject = input.path("subject").textValue();
    preview.put("subject", subject == null ? null : texts.subject(filled(subject, letter)));
    preview.put("body", text);
    if (!channel.equals(ReplyTexts.SMS)) {
      return preview.putNull("segments");
    }
    var size = texts.size(text);
    preview
        .putObject("segments")
        .put("encoding", size.encoding().name().replace('_', '-'))
        .put("units", size.units())
        .put("parts", size.parts())
        .put("maxParts", settings.smsParts());
    return preview;
  }
}
