package com.callback.messaging.inbox.received;

import com.callback.messaging.delivery.channel.sms.ReceivedSms;
import com.callback.messaging.intake.submission.PhoneNumbers;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Prepares what was received for the statement that adds it, and counts what became of it. */
@Component
public class ReceivedReplies {

  private static final Logger LOG = LoggerFactory.getLogger(ReceivedReplies.class);

  /** Results of what joined a conversation, and of what acted on a lead. */
  private static final Set<String> TAKEN_UP = Set.of("joined", "automatic", "acted", "repeated");

  private final ObjectMapper json;
  private final MailReplies mails;
  private final ReceivedTexts texts;
  private final PhoneNumbers phones;
  private final ReceivedSettings settings;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final String region;

  ReceivedReplies(
      ObjectMapper json,
      MailReplies mails,
      ReceivedTexts texts,
      PhoneNumbers phones,
      ReceivedSettings settings,
      MeterRegistry metrics,
      Clock clock,
      @Value("${messaging.phone-region}") String region) {
    this.json = json;
    this.mails = mails;
    this.texts = texts;
    this.phones = phones;
    this.settings = settings;
    this.metrics = metrics;
    this.clock = clock;
    this.region = region;
  }

  /**
   * The reply in what was received.
   *
   * @param received a {@link ReceivedSms}, a {@link ReceivedMail}, or why a mail is left out
   */
  public ReceivedReply of(Object received) {
    if (received instanceof ReceivedSms sms) {
      return of(sms);
    }
    if (received instanceof Refusal refusal) {
      return refused("email", refusal);
    }
    var mail = (ReceivedMail) received;
    var refusal = mails.refusal(mail);
    return refusal == null ? ready("email", mails.row(mail)) : refused("email", refusal);
  }

  private ReceivedReply of(ReceivedSms sms) {
    // Providers write international numbers without the plus.
    var typed = sms.from().matches("[1-9][0-9]{9,14}") ? "+" + sms.from() : sms.from();
    var number = phones.e164(typed, region).orElse(null);
    var id = texts.line(sms.id());
    if (number == null || id.isEmpty()) {
      return refused("sms", Refusal.UNREADABLE);
    }
    var row = json.createObjectNode();
    texts.put(sms.text(), row);
    row.put("sender", number);
    row.put("recipient", sms.to() == null ? null : texts.line(sms.to()));
    row.put("number", number);
    row.put("since", clock.instant().minus(settings.smsWindow()).toString());
    row.put("delivery", sms.delivery() == null ? null : sms.delivery().toString());
    row.put("receivedId", id);
    row.put("automatic", false);
    row.putArray("attachments");
    return ready("sms", row);
  }

  private ReceivedReply ready(String channel, ObjectNode row) {
    row.put("id", UUID.randomUUID().toString());
    row.put("channel", channel);
    return new ReceivedReply(channel, null, row.toString());
  }

  private static ReceivedReply refused(String channel, Refusal refusal) {
    return new ReceivedReply(channel, refusal.label(), null);
  }

  /**
   * Counts a reply, and names the business that has a new event; empty where none has.
   *
   * @param added what {@code add-received-reply.sql} gave; null for a refused one
   */
  public String count(ReceivedReply reply, Map<String, Object> added) {
    var result = reply.refusal() == null ? (String) added.get("result") : reply.refusal();
    metrics
        .counter("messaging.replies.received", "channel", reply.channel(), "result", result)
        .increment();
    if (reply.refusal() != null || isLeftOut(result)) {
      LOG.info("A received reply was left out: channel {}, {}", reply.channel(), result);
    }
    return added == null || added.get("business") == null ? "" : (String) added.get("business");
  }

  private static boolean isLeftOut(String result) {
    return !TAKEN_UP.contains(result);
  }
}
