package com.callback.messaging.inbox.received;

import com.callback.messaging.delivery.channel.email.ReplyAddresses;
import com.callback.messaging.platform.secrets.Sha256;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Decides which conversation a mail may join: the one of its signed address, or else those whose
 * mails it answers. Whether its sender took part in these is known to the database.
 */
@Component
class MailReplies {

  /** Our own Message-IDs begin with the id of the delivery. */
  private static final Pattern DELIVERY =
      Pattern.compile("<(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})@[^>]*>");

  private static final int LONGEST_SENDER = 320;
  private static final int LONGEST_TYPE = 100;

  private final ObjectMapper json;
  private final ReplyAddresses addresses;
  private final ReceivedTexts texts;
  private final InboundSettings settings;

  MailReplies(
      ObjectMapper json, ReplyAddresses addresses, ReceivedTexts texts, InboundSettings settings) {
    this.json = json;
    this.addresses = addresses;
    this.texts = texts;
    this.settings = settings;
  }

  /** Why a mail is left out; null where it may join. */
  Refusal refusal(ReceivedMail mail) {
    if (mail.sender() == null || mail.sender().length() > LONGEST_SENDER) {
      return Refusal.UNREADABLE;
    }
    if (mail.isOurs()) {
      return Refusal.LOOP;
    }
    if (settings.spamScore() > 0 && mail.spamScore() >= settings.spamScore()) {
      return Refusal.SPAM;
    }
    return lead(mail).isEmpty() && mail.recipients().stream().anyMatch(addresses::hasToken)
        ? Refusal.FORGED
        : null;
  }

  private Optional<UUID> lead(ReceivedMail mail) {
    return mail.recipients().stream().flatMap(each -> addresses.lead(each).stream()).findFirst();
  }

  /** The mail for the statement that adds it. */
  ObjectNode row(ReceivedMail mail) {
    var row = json.createObjectNode();
    texts.put(mail.text(), row);
    row.put("sender", mail.sender());
    row.put("lead", lead(mail).map(UUID::toString).orElse(null));
    var deliveries = row.putArray("deliveries");
    mail.answers().stream()
        .map(DELIVERY::matcher)
        .filter(id -> id.matches())
        .forEach(id -> deliveries.add(id.group(1)));
    var subject = mail.subject() == null ? "" : texts.line(mail.subject());
    row.put("subject", subject.isEmpty() ? null : subject);
    row.put("automatic", mail.isAutomatic());
    var attachments = row.putArray("attachments");
    mail.attachments().stream()
        .limit(settings.attachments())
        .forEach(
            each ->
                attachments
                    .addObject()
                    .put("name", texts.line(each.name()))
                    .put("type", ReceivedTexts.cut(texts.line(each.type()), LONGEST_TYPE))
                    .put("size", each.size()));
    row.put("mailId", mail.messageId());
    row.put("receivedId", mail.messageId() == null ? "sha256:" + hash(mail) : mail.messageId());
    return row;
  }

  /** The same mail is known again without a Message-ID. */
  private static String hash(ReceivedMail mail) {
    return Sha256.hex(
        String.join("\n", mail.sender(), String.valueOf(mail.subject()), mail.text()));
  }
}
