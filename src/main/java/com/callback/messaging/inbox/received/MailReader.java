package com.callback.messaging.inbox.received;

import com.callback.messaging.delivery.channel.email.MailComposer;
import com.callback.messaging.inbox.received.ReceivedMail.Attachment;
import com.callback.messaging.inbox.received.ReceivedMail.Envelope;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.SharedByteArrayInputStream;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Reads mails as they came over the wire. */
@Component
class MailReader {

  private final String ourAddress;

  /**
   * @param ourAddress that all mails of this service come from
   */
  MailReader(@Value("${channels.email.from}") String ourAddress) {
    this.ourAddress = ourAddress.strip();
  }

  /**
   * The mail in these bytes.
   *
   * @throws MessagingException when it is no mail
   */
  ReceivedMail read(byte[] mail, Envelope envelope) throws MessagingException {
    var message = new MimeMessage((Session) null, new SharedByteArrayInputStream(mail));
    var read = MailText.of(message);
    return read(MailHead.of(mail), envelope, read.text(), read.attachments());
  }

  /** A mail whose parts the provider has taken apart. */
  ReceivedMail read(MailHead head, Envelope envelope, String text, List<Attachment> attachments) {
    return new ReceivedMail(
        head.messageId(),
        head.answers(),
        head.sender(),
        Stream.concat(envelope.recipients().stream(), head.recipients()).distinct().toList(),
        head.first("Subject"),
        text,
        attachments,
        !envelope.hasSender() || AutomaticMail.is(head),
        isOurs(head),
        0);
  }

  private boolean isOurs(MailHead head) {
    return ourAddress.equalsIgnoreCase(head.sender())
        || head.all(MailComposer.LOOP)
            .anyMatch(value -> value.strip().equalsIgnoreCase(ourAddress));
  }
}
