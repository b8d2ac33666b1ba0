package com.callback.messaging.inbox.received;

import com.callback.messaging.inbox.received.ReceivedMail.Envelope;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Reads the mails of a mailbox (IMAP). */
@Component
public class MailboxMails {

  private final MailReader reader;
  private final InboundSettings settings;

  MailboxMails(MailReader reader, InboundSettings settings) {
    this.reader = reader;
    this.settings = settings;
  }

  /**
   * The mail, or why it is left out.
   *
   * @throws MessagingException when the server does not give it
   */
  public Object read(Message message) throws MessagingException, IOException {
    if (message.getSize() > settings.mostBytes()) {
      return Refusal.TOO_LARGE;
    }
    var bytes = new ByteArrayOutputStream();
    message.writeTo(bytes);
    try {
      return reader.read(bytes.toByteArray(), Envelope.UNKNOWN);
    } catch (MessagingException e) {
      // Another look finds the same bytes.
      return Refusal.UNREADABLE;
    }
  }
}
