package com.callback.messaging.channel.sms;

import com.callback.messaging.channel.LeadModel;
import com.callback.messaging.channel.TestModel;
import com.callback.messaging.delivery.Delivery;
import com.callback.messaging.delivery.NeverDeliverableException;
import com.callback.messaging.embedded.StartFailure;
import com.callback.messaging.template.Templates;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Writes the short message of a delivery, in as many parts as are paid for and no more. */
@Component
public class SmsWriter {

  private final Templates templates;
  private final LeadModel leads;
  private final TestModel tests;
  private final SmsText texts;
  private final int maxParts;

  SmsWriter(
      Templates templates,
      LeadModel leads,
      TestModel tests,
      SmsText texts,
      @Value("${channels.sms.max-parts}") int maxParts) {
    this.templates = templates;
    this.leads = leads;
    this.tests = tests;
    this.texts = texts;
    if (maxParts < 1) {
      throw new StartFailure(
          "channels.sms.max-parts is " + maxParts + ": set CHANNELS_SMS_MAX_PARTS to 1 or more.");
    }
    this.maxParts = maxParts;
  }

  /** The text; fails for good when the business has no number. */
  public String write(Delivery delivery) {
    if (delivery.recipient() == null || delivery.recipient().isBlank()) {
      throw new NeverDeliverableException(
          "The business's SMS channel has no number: set \"to\" in its configuration.");
    }
    if (delivery.cause().equals("reply")) {
      // A person was told what it takes before it was written down.
      return delivery.payload().path("text").asText();
    }
    var text =
        delivery.cause().equals("test")
            ? templates.fill("sms/test", tests.of(delivery))
            : templates.fill("sms/lead", leads.of(delivery));
    return texts.fit(texts.plain(text.strip()), maxParts);
  }
}
