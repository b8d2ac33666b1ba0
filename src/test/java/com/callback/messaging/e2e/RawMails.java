package com.callback.messaging.e2e;

import com.callback.messaging.platform.startup.CaughtMailSink;
import com.callback.messaging.platform.startup.MailCatcher;
import com.callback.messaging.sandbox.CaughtMail;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.ProducerTemplate;

/** Keeps mails as they came over the wire, besides what the sandbox makes of them. */
final class RawMails implements AutoCloseable {

  private final Map<String, byte[]> byMessageId = new ConcurrentHashMap<>();
  private final MailCatcher catcher;
  private final CaughtMailSink sandbox;

  RawMails(MailCatcher catcher, CaughtMail mails, ProducerTemplate routes) {
    this.catcher = catcher;
    this.sandbox =
        (from, recipients, raw) ->
            routes.requestBody("direct:store-in-sandbox", mails.of(recipients, raw));
    catcher.deliverTo(
        (from, recipients, raw) -> {
          byMessageId.put(parsed(raw).getMessageID(), raw);
          sandbox.keep(from, recipients, raw);
        });
  }

  MimeMessage withId(String messageId) {
    return parsed(byMessageId.get(messageId));
  }

  private static MimeMessage parsed(byte[] raw) {
    try {
      return new MimeMessage(null, new ByteArrayInputStream(raw));
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    catcher.deliverTo(sandbox);
  }
}
