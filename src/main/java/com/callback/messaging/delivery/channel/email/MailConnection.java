package com.callback.messaging.delivery.channel.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A connection to a mail server that carries one mail after the other. */
final class MailConnection {

  /** Servers close connections that stay longer, or carry more. */
  private static final int MOST_MAILS = 100;

  private static final long MOST_IDLE = TimeUnit.SECONDS.toNanos(10);

  private final Transport transport;
  private final PatientSockets sockets;
  private int mails;
  private long idleSince;

  private MailConnection(Transport transport, PatientSockets sockets) {
    this.transport = transport;
    this.sockets = sockets;
  }

  /** The mail server that connections lead to, and the log-in; blank for none. */
  record Server(String scheme, String host, int port, String username, String password) {}

  /**
   * Connects and logs in.
   *
   * @param settings those of the mail library; the connection gets sockets of its own
   */
  static MailConnection open(Server server, Properties settings) throws MessagingException {
    var own = new Properties();
    own.putAll(settings);
    var sockets = ((PatientSockets) settings.get("mail.smtp.socketFactory")).others();
    for (var scheme : List.of("mail.smtp.", "mail.smtps.")) {
      own.put(scheme + "socketFactory", sockets);
      if (settings.get(scheme + "ssl.socketFactory") instanceof PatientSslSockets encrypted) {
        own.put(scheme + "ssl.socketFactory", encrypted.on(sockets));
      }
    }
    var transport = Session.getInstance(own).getTransport(server.scheme());
    var hasLogIn = !server.username().isBlank();
    transport.connect(
        server.host(),
        server.port(),
        hasLogIn ? server.username() : null,
        hasLogIn ? server.password() : null);
    return new MailConnection(transport, sockets);
  }

  /** Whether another mail can use it. Asks the server, which may have closed it meanwhile. */
  boolean isUsable() {
    if (mails >= MOST_MAILS || isIdle(System.nanoTime())) {
      return false;
    }
    sockets.restart();
    return transport.isConnected();
  }

  /** Whether it has waited for too long. */
  boolean isIdle(long now) {
    return now - idleSince > MOST_IDLE;
  }

  /** Hands a mail over, within a deadline of its own. */
  void send(MimeMessage mail) throws MessagingException {
    sockets.restart();
    transport.sendMessage(mail, mail.getAllRecipients());
    mails++;
    idleSince = System.nanoTime();
  }

  /** Takes leave of the server. What fails then changes nothing for the mails. */
  void close() {
    sockets.restart();
    breakOff();
  }

  /** Ends it within what is left of the deadline. */
  void breakOff() {
    try {
      transport.close();
    } catch (MessagingException e) {
      // The connection has ended in any case.
    }
  }
}
