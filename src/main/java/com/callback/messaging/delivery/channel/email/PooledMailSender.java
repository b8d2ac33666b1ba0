package com.callback.messaging.delivery.channel.email;

import com.callback.messaging.delivery.channel.email.MailConnection.Server;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Deque;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.mail.DefaultJavaMailSender;

/**
 * Sends mails to one server on connections that are kept for some seconds: a log-in with encryption
 * takes longer than a mail. As many are open as mails are sent at once. One on which a mail failed
 * is closed.
 */
public final class PooledMailSender extends DefaultJavaMailSender implements AutoCloseable {

  private static final long LOOK_AGAIN_SECONDS = 5;

  private final Server server;
  private final Properties settings;
  private final Deque<MailConnection> idle = new ConcurrentLinkedDeque<>();
  private final ScheduledThreadPoolExecutor closing;

  PooledMailSender(Server server, Properties settings) {
    this.server = server;
    this.settings = settings;
    this.closing =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              var thread = new Thread(task, "mail-connections");
              thread.setDaemon(true);
              return thread;
            });
    closing.scheduleWithFixedDelay(
        () -> closeIdle(System.nanoTime()),
        LOOK_AGAIN_SECONDS,
        LOOK_AGAIN_SECONDS,
        TimeUnit.SECONDS);
  }

  @Override
  public void send(MimeMessage mail) throws MessagingException {
    var messageId = mail.getMessageID();
    mail.saveChanges();
    if (messageId != null) {
      mail.setHeader("Message-ID", messageId);
    }
    var connection = connection();
    try {
      connection.send(mail);
    } catch (MessagingException | RuntimeException | Error e) {
      connection.breakOff();
      throw e;
    }
    idle.addFirst(connection);
  }

  private MailConnection connection() throws MessagingException {
    for (var kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
      if (kept.isUsable()) {
        return kept;
      }
      kept.close();
    }
    return MailConnection.open(server, settings);
  }

  /** Closes the connections that nobody has used for some seconds; the oldest are the last. */
  void closeIdle(long now) {
    for (var kept = idle.pollLast(); kept != null; kept = idle.pollLast()) {
      if (!kept.isIdle(now)) {
        idle.addLast(kept);
        return;
      }
      kept.close();
    }
  }

  @Override
  public void close() {
    closing.shutdownNow();
    for (var kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
      kept.close();
    }
  }
}
