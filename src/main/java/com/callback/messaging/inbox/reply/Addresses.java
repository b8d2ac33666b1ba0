package com.callback.messaging.inbox.reply;

import com.callback.messaging.delivery.channel.email.MailHeaders;
import com.callback.messaging.delivery.channel.sms.SmsCountries;
import com.callback.messaging.delivery.channel.sms.SmsNumbers;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/** Where a lead can be written to: at the address that it left itself, and nowhere else. */
@Component
class Addresses {

  private final MailHeaders headers;
  private final SmsNumbers numbers;
  private final SmsCountries countries;

  Addresses(MailHeaders headers, SmsNumbers numbers, SmsCountries countries) {
    this.headers = headers;
    this.numbers = numbers;
    this.countries = countries;
  }

  /**
   * The lead's address on a channel.
   *
   * @throws com.callback.messaging.platform.http.RequestRefusedException 422 saying what is missing
   */
  String of(String channel, JsonNode known) {
    var lead = known.get("lead");
    return channel.equals(ReplyTexts.SMS) ? number(lead, own(known)) : mailbox(lead);
  }

  /** The countries of the business; none where the configured ones hold. */
  private static List<String> own(JsonNode known) {
    return StreamSupport.stream(known.path("smsCountries").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  private String number(JsonNode lead, List<String> own) {
    var number = lead.path("number").textValue();
    if (number == null && lead.path("phone").textValue() == null) {
      throw TextProblems.unreachable(
          "no-number", "The lead left no number", "Reply by e-mail instead.");
    }
    if (number == null) {
      throw TextProblems.unreachable(
          "number-unclear",
          "The number cannot be dialled",
          "An SMS needs an international number, such as +61 491 570 006. Reply by e-mail, or call.");
    }
    if (!numbers.takesSms(number)) {
      throw TextProblems.unreachable(
          "no-mobile-number",
          "This is not a mobile number",
          "An SMS would not arrive there. Call, or reply by e-mail.");
    }
    if (!countries.allow(number, own)) {
      throw TextProblems.unreachable(
          "country-not-allowed",
          "No SMS are sent to this country",
          "SMS are sent to numbers of %s. Call, or reply by e-mail."
              .formatted(countries.names(own)));
    }
    return number;
  }

  private String mailbox(JsonNode lead) {
    var email = lead.path("email").textValue();
    if (email == null) {
      throw TextProblems.unreachable(
          "no-email", "The lead left no e-mail address", "Reply by SMS, or call.");
    }
    try {
      return headers.mailbox(email);
    } catch (IllegalArgumentException e) {
      throw TextProblems.unreachable(
          "email-unusable",
          "The lead's e-mail address cannot be used",
          e.getMessage() + " Reply by SMS, or call.");
    }
  }
}
