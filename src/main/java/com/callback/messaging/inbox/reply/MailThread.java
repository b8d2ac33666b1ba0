package com.callback.messaging.inbox.reply;

import com.callback.messaging.delivery.channel.email.MailHeaders;
import com.callback.messaging.delivery.channel.email.MailIdentity;
import com.callback.messaging.delivery.channel.email.ReplyAddresses;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Puts a mail behind the ones before it, so that mail programs show them together (RFC 5322,
 * section 3.6.4).
 */
@Component
class MailThread {

  /** Of a long thread the first and this many of the last mails are named. */
  private static final int LAST = 10;

  private static final Pattern ANSWER = Pattern.compile("(?i)(?:re|aw|sv|antw):\\s*");
  private static final String NAMELESS = "Your request";

  private final MailHeaders headers;
  private final MailIdentity identity;
  private final ReplyTexts texts;
  private final ReplyAddresses conversations;

  MailThread(
      MailHeaders headers, MailIdentity identity, ReplyTexts texts, ReplyAddresses conversations) {
    this.headers = headers;
    this.identity = identity;
    this.texts = texts;
    this.conversations = conversations;
  }

  /**
   * Puts into the payload what the mail's header says.
   *
   * @param id of the delivery
   * @param subject what was wished for; null for the thread's own
   * @param known what {@code load-letter.sql} gave
   */
  void address(UUID id, String subject, JsonNode known, ObjectNode payload) {
    payload.put("subject", subject == null ? usual(known) : subject);
    payload.put("replyTo", replyTo(known.get("business")));
    payload.put("messageId", identity.messageId(id));
    var earlier = known.get("mails");
    if (!earlier.isEmpty()) {
      payload.put("inReplyTo", earlier.get(earlier.size() - 1).get("id").asText());
      references(earlier, payload.putArray("references"));
    }
  }

  private static void references(JsonNode earlier, ArrayNode references) {
    for (var i = 0; i < earlier.size(); i++) {
      if (i == 0 || i >= earlier.size() - LAST) {
        references.add(earlier.get(i).get("id").asText());
      }
    }
  }

  /** The thread goes on under the subject that it began with. */
  private String usual(JsonNode known) {
    var begun = known.at("/mails/0/subject").textValue();
    var lead = known.get("lead");
    for (var candidate :
        new String[] {begun, lead.path("subject").textValue(), lead.path("funnel").textValue()}) {
      var subject = withoutAnswer(texts.subject(candidate));
      if (!subject.isEmpty()) {
        return texts.subject("Re: " + subject);
      }
    }
    return "Re: " + NAMELESS;
  }

  private static String withoutAnswer(String subject) {
    var rest = subject;
    for (var mark = ANSWER.matcher(rest); mark.lookingAt(); mark = ANSWER.matcher(rest)) {
      rest = rest.substring(mark.end());
    }
    return rest;
  }

  /**
   * Answers go to the business itself, and to its conversation where mails are received; where
   * nobody would get them, nothing is sent. Null for the conversation alone.
   */
  private String replyTo(JsonNode business) {
    try {
      return headers
          .address(business.path("name").textValue(), business.path("replyTo").textValue())
          .toString();
    } catch (IllegalArgumentException e) {
      if (conversations.isOn()) {
        return null;
      }
      throw TextProblems.unreachable(
          "no-reply-address",
          "The business has no address for responses",
          "Set the address of the business's e-mail channel first: responses to a mail go there.");
    }
  }
}
