package com.callback.messaging.delivery.channel.email;

import com.callback.messaging.delivery.engine.Delivery;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import org.springframework.stereotype.Component;

/**
 * Puts a mail together from the mail library's own types: an address that travels as text is read
 * anew at each step, and a quote or comma of a name can make it two.
 */
@Component
public class MailComposer {

  /** Says who sent a mail, for where it comes back: a forwarding rule keeps this header. */
  public static final String LOOP = "X-Loop";

  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final Clock clock;
  private final SmtpApi smtpApi;

  MailComposer(Clock clock, SmtpApi smtpApi) {
    this.clock = clock;
    this.smtpApi = smtpApi;
  }

  /**
   * The message as it goes over the wire.
   *
   * @param provider the SMTP server that carries it
   */
  public MimeMessage compose(Mail mail, Delivery delivery, String provider)
      throws MessagingException, JsonProcessingException {
    var message = new MimeMessage((Session) null);
    message.setFrom(mail.from());
    message.setRecipient(RecipientType.TO, mail.to());
    if (!mail.replyAddresses().isEmpty()) {
      message.setReplyTo(mail.replyAddresses().toArray(Address[]::new));
    }
    message.setSubject(mail.subject(), UTF_8);
    message.setSentDate(Date.from(clock.instant()));
    set(message, "Message-ID", mail.messageId());
    set(message, "In-Reply-To", mail.inReplyTo());
    set(message, "References", mail.references());
    set(message, "Auto-Submitted", mail.autoSubmitted());
    set(message, "X-Auto-Response-Suppress", mail.suppressedAnswers());
    set(message, LOOP, mail.from().getAddress());
    set(message, "List-Unsubscribe", mail.listUnsubscribe());
    set(message, "List-Unsubscribe-Post", mail.listUnsubscribePost());
    set(message, SmtpApi.HEADER, smtpApi.header(delivery, provider));
    // A mail program shows the last one that it can.
    message.setContent(
        new MimeMultipart("alternative", part(mail.text(), "plain"), part(mail.html(), "html")));
    return message;
  }

  private static void set(MimeMessage message, String name, String value)
      throws MessagingException {
    if (value != null) {
      message.setHeader(name, value);
    }
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    var part = new MimeBodyPart();
    part.setText(text, UTF_8, subtype);
    return part;
  }
}
