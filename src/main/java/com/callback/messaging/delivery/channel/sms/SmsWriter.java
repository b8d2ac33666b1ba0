package com.callback.messaging.delivery.channel.sms;

import com.callback.messaging.delivery.channel.ConfirmationModel;
import com.callback.messaging.delivery.channel.LeadModel;
import com.callback.messaging.delivery.channel.NotificationModel;
import com.callback.messaging.delivery.channel.ReceiptModel;
import com.callback.messaging.delivery.channel.SummaryModel;
import com.callback.messaging.delivery.channel.TestModel;
import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import com.callback.messaging.platform.startup.StartFailure;
import com.callback.messaging.platform.template.Templates;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Writes the short message of a delivery, in as many parts as are paid for and no more. */
@Component
public class SmsWriter {

  /** What people wrote, of a lead as templates name it. */
  private static final List<String> TYPED =
      List.of("business", "funnel", "name", "subject", "message", "phoneTyped", "because");

  private static final int LONGEST_BUSINESS = 40;
  private static final Set<String> LINKS = Set.of("actionLink", "inboxLink");

  private final Templates templates;
  private final LeadModel leads;
  private final NotificationModel notifications;
  private final TestModel tests;
  private final ConfirmationModel confirmations;
  private final ReceiptModel receipts;
  private final SummaryModel summaries;
  private final SmsText texts;
  private final int maxParts;

  SmsWriter(
      Templates templates,
      LeadModel leads,
      NotificationModel notifications,
      TestModel tests,
      ConfirmationModel confirmations,
      ReceiptModel receipts,
      SummaryModel summaries,
      SmsText texts,
      @Value("${channels.sms.max-parts}") int maxParts) {
    this.templates = templates;
    this.leads = leads;
    this.notifications = notifications;
    this.tests = tests;
    this.confirmations = confirmations;
    this.receipts = receipts;
    this.summaries = summaries;
    this.texts = texts;
    if (maxParts < 1) {
      throw new StartFailure(
          "channels.sms.max-parts is " + maxParts + ": set CHANNELS_SMS_MAX_PARTS to 1 or more.");
    }
    this.maxParts = maxParts;
  }

  /** The text; fails for good when the business has no number, or a suppressed one. */
  public String write(Delivery delivery) {
    if (delivery.recipient() == null || delivery.recipient().isBlank()) {
      throw new NeverDeliverableException(
          "The business's SMS channel has no number: set \"to\" in its configuration.");
    }
    delivery.requireUnsuppressed();
    return switch (delivery.cause()) {
      // It was written, and what it takes was known, before it was stored.
      case "reply" -> delivery.payload().path("text").asText();
      case "test" -> texts.fit(filled("sms/test", tests.of(delivery)), maxParts);
      case "account" -> notice(delivery);
      case "summary" -> summary(delivery);
      case "receipt" -> texts.fit(filled("sms/receipt", ofVisitor(delivery)), maxParts);
      case "notification" -> aboutLead("sms/notification", notifications.of(delivery));
      default -> aboutLead("sms/lead", leads.of(delivery));
    };
  }

  private String notice(Delivery delivery) {
    return delivery.payload().path("notice").asText().equals("sms-answer")
        ? delivery.payload().path("text").asText()
        : texts.fit(filled("sms/confirmation", confirmations.of(delivery)), maxParts);
  }

  /** A long name of a business gives way to the link. */
  private Map<String, Object> ofVisitor(Delivery delivery) {
    var receipt = receipts.of(delivery);
    receipt.computeIfPresent(
        "business", (field, name) -> texts.beginning(texts.plain((String) name), LONGEST_BUSINESS));
    return receipt;
  }

  /** As many leads are named as there is room for, so that no number is cut. */
  private String summary(Delivery delivery) {
    for (var named = SummaryModel.listed(delivery); named > 0; named--) {
      var text = filled("sms/summary", summaries.of(delivery, named));
      if (fits(text)) {
        return text;
      }
    }
    return texts.fit(filled("sms/summary", summaries.of(delivery, 0)), maxParts);
  }

  /**
   * The link is there where it makes the message no dearer. What was typed gives way until the
   * number and the reference have room.
   */
  private String aboutLead(String template, Map<String, Object> lead) {
    var unlinked = new HashMap<>(lead);
    unlinked.keySet().removeAll(LINKS);
    var whole = filled(template, unlinked);
    if (!fits(whole)) {
      return cut(template, unlinked, whole.length());
    }
    var linked = filled(template, lead);
    return texts.size(linked).parts() == texts.size(whole).parts() ? linked : whole;
  }

  private String cut(String template, Map<String, Object> lead, int length) {
    var fits = 0;
    var tooLong = length;
    while (fits + 1 < tooLong) {
      var middle = (fits + tooLong) / 2;
      if (fits(filled(template, shortened(lead, middle)))) {
        fits = middle;
      } else {
        tooLong = middle;
      }
    }
    return texts.fit(filled(template, shortened(lead, fits)), maxParts);
  }

  /** An address that was cut would be another's: it is left out. */
  private Map<String, Object> shortened(Map<String, Object> lead, int longest) {
    var shorter = new HashMap<>(lead);
    for (var typed : TYPED) {
      shorter.computeIfPresent(
          typed, (field, text) -> texts.beginning(texts.plain((String) text), longest));
    }
    for (var address : List.of("email", "emailLink")) {
      shorter.computeIfPresent(
          address, (field, text) -> ((String) text).length() <= longest ? text : null);
    }
    return shorter;
  }

  private String filled(String template, Map<String, Object> model) {
    return texts.plain(templates.fill(template, model).strip());
  }

  private boolean fits(String text) {
    return texts.size(text).parts() <= maxParts;
  }
}
