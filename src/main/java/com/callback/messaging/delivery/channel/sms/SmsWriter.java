package com.callback.messaging.delivery.channel.sms;

import com.callback.messaging.delivery.channel.LeadModel;
import com.callback.messaging.delivery.channel.SummaryModel;
import com.callback.messaging.delivery.channel.TestModel;
import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import com.callback.messaging.platform.startup.StartFailure;
import com.callback.messaging.platform.template.Templates;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Writes the short message of a delivery, in as many parts as are paid for and no more. */
@Component
public class SmsWriter {

  /** What people wrote, of a lead as templates name it. */
  private static final List<String> TYPED =
      List.of("business", "funnel", "name", "subject", "message", "phoneTyped");

  private final Templates templates;
  private final LeadModel leads;
  private final TestModel tests;
  private final SummaryModel summaries;
  private final SmsText texts;
  private final int maxParts;

  SmsWriter(
      Templates templates,
      LeadModel leads,
      TestModel tests,
      SummaryModel summaries,
      SmsText texts,
      @Value("${channels.sms.max-parts}") int maxParts) {
    this.templates = templates;
    this.leads = leads;
    this.tests = tests;
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
    if (delivery.cause().equals("reply")) {
      // A person was told what it takes before it was written down.
      return delivery.payload().path("text").asText();
    }
    return switch (delivery.cause()) {
      case "test" -> texts.fit(filled("sms/test", tests.of(delivery)), maxParts);
      case "summary" -> summary(delivery);
      default -> ofLead(leads.of(delivery));
    };
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
  private String ofLead(Map<String, Object> lead) {
    var unlinked = new HashMap<>(lead);
    unlinked.remove("inboxLink");
    var whole = filled("sms/lead", unlinked);
    if (!fits(whole)) {
      return cut(unlinked, whole.length());
    }
    var linked = filled("sms/lead", lead);
    return texts.size(linked).parts() == texts.size(whole).parts() ? linked : whole;
  }

  private String cut(Map<String, Object> lead, int length) {
    var fits = 0;
    var tooLong = length;
    while (fits + 1 < tooLong) {
      var middle = (fits + tooLong) / 2;
      if (fits(filled("sms/lead", shortened(lead, middle)))) {
        fits = middle;
      } else {
        tooLong = middle;
      }
    }
    return texts.fit(filled("sms/lead", shortened(lead, fits)), maxParts);
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
