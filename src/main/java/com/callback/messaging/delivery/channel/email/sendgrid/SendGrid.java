package com.callback.messaging.delivery.channel.email.sendgrid;

import com.callback.messaging.delivery.channel.email.Mail;
import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.platform.startup.StartFailure;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.mail.internet.InternetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Writes requests to SendGrid's {@code POST /v3/mail/send}, and reads its rate limits. */
@Component
public class SendGrid {

  /** The custom argument with the delivery's id, which events bring back. */
  static final String DELIVERY = "mid";

  /** The custom argument with the attempt. Events have an {@code attempt} of their own. */
  static final String ATTEMPT = "delivery_attempt";

  /** The API refuses a mail with an empty subject. */
  private static final String NO_SUBJECT = "(no subject)";

  private static final int TOO_MANY_REQUESTS = 429;
  private static final Pattern FOLD = Pattern.compile("\\r?\\n[ \\t]*");
  private static final Pattern UNIX_SECONDS = Pattern.compile("[0-9]{1,12}");

  private final SendGridSettings settings;
  private final Map<String, SendGridAccount> accounts;
  private final ObjectMapper json;
  private final Clock clock;

  SendGrid(
      SendGridSettings settings,
      @Value("${channels.email.providers}") List<String> providers,
      @Value("${channels.email.enabled}") boolean isEnabled,
      ObjectMapper json,
      Clock clock) {
    this.settings = settings;
    this.accounts = settings.accounts();
    this.json = json;
    this.clock = clock;
    accounts.forEach(
        (provider, account) -> {
          if (isEnabled && providers.contains(provider) && account.apiKey().isEmpty()) {
            throw new StartFailure(
                "channels.email.providers names %s, and there is no API key: set %s."
                    .formatted(provider, account.apiKeyVariable()));
          }
        });
  }

  /**
   * Where mails are handed in.
   *
   * @param provider {@code sendgrid} or {@code sendgrid-standby}
   */
  public String address(String provider) {
    return accounts.get(provider).url() + "/v3/mail/send";
  }

  /**
   * The credentials of each request.
   *
   * @param provider {@code sendgrid} or {@code sendgrid-standby}
   */
  public String authorization(String provider) {
    return "Bearer " + accounts.get(provider).apiKey();
  }

  /** The request for one attempt: the same mail that SMTP would carry. */
  public byte[] request(Mail mail, Delivery delivery) throws JsonProcessingException {
    var request = json.createObjectNode();
    var envelope = request.putArray("personalizations").addObject();
    envelope.putArray("to").add(person(mail.to()));
    envelope
        .putObject("custom_args")
        .put(DELIVERY, delivery.id().toString())
        .put(ATTEMPT, String.valueOf(delivery.attempt()));
    request.set("from", person(mail.from()));
    if (!mail.replyAddresses().isEmpty()) {
      var addresses = request.putArray("reply_to_list");
      mail.replyAddresses().forEach(address -> addresses.add(person(address)));
    }
    request.put("subject", mail.subject().isBlank() ? NO_SUBJECT : mail.subject());
    // The plain text comes first, or the API refuses the mail.
    var content = request.putArray("content");
    content.addObject().put("type", "text/plain").put("value", mail.text());
    content.addObject().put("type", "text/html").put("value", mail.html());
    var categories = new TreeSet<>(settings.categories());
    categories.add(delivery.cause());
    categories.forEach(request.putArray("categories")::add);
    var headers = request.putObject("headers");
    put(headers, "Message-ID", mail.messageId());
    put(headers, "In-Reply-To", mail.inReplyTo());
    put(headers, "References", mail.references());
    put(headers, "Auto-Submitted", mail.autoSubmitted());
    put(headers, "X-Auto-Response-Suppress", mail.suppressedAnswers());
    put(headers, "List-Unsubscribe", mail.listUnsubscribe());
    put(headers, "List-Unsubscribe-Post", mail.listUnsubscribePost());
    // Links in mails must not lead through a third party, and nobody counts who opens a mail.
    var tracking = request.putObject("tracking_settings");
    tracking.putObject("click_tracking").put("enable", false).put("enable_text", false);
    tracking.putObject("open_tracking").put("enable", false);
    request.putObject("mail_settings").putObject("sandbox_mode").put("enable", settings.sandbox());
    return json.writeValueAsBytes(request);
  }

  private ObjectNode person(InternetAddress address) {
    var person = json.createObjectNode().put("email", address.getAddress());
    if (address.getPersonal() != null) {
      person.put("name", address.getPersonal());
    }
    return person;
  }

  private static void put(ObjectNode headers, String name, String value) {
    if (value != null) {
      headers.put(name, FOLD.matcher(value).replaceAll(" "));
    }
  }

  /**
   * What a response asks to wait, as a {@code Retry-After}: its own header of that name, or of a
   * 429 the time until its limit is reset.
   *
   * @param status of the response
   * @param retryAfter its header {@code Retry-After}, or null
   * @param reset its header {@code X-RateLimit-Reset}, in Unix seconds, or null
   * @return null where it asks for nothing
   */
  public String retryAfter(Integer status, String retryAfter, String reset) {
    if (retryAfter != null || status == null || status != TOO_MANY_REQUESTS || reset == null) {
      return retryAfter;
    }
    var moment = reset.strip();
    return UNIX_SECONDS.matcher(moment).matches()
        ? String.valueOf(Math.max(0, Long.parseLong(moment) - clock.instant().getEpochSecond()))
        : null;
  }
}
