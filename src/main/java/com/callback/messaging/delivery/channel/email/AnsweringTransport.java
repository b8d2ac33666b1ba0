package com.callback.messaging.delivery.channel.email;

import com.callback.messaging.delivery.engine.MailServerAnsweredException;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Provider;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Hands mails over by SMTP and, where the server refuses, tells its whole answer and what that was
 * an answer to. The library's own errors tell neither of a greeting, nor the command of most
 * others.
 */
public class AnsweringTransport extends SMTPTransport {

  /** They tidy up, and are no part of the mail. */
  private static final String RESET = "RSET";

  private String command = "";

  /** For the mail library. */
  public AnsweringTransport(Session session, URLName address) {
    this(session, address, "smtp", false);
  }

  AnsweringTransport(Session session, URLName address, String name, boolean isEncrypted) {
    super(session, address, name, isEncrypted);
  }

  /** The same with TLS from the first byte. */
  public static final class Encrypted extends AnsweringTransport {

    public Encrypted(Session session, URLName address) {
      super(session, address, "smtps", true);
    }
  }

  /** Named in {@code META-INF/services}, where the mail library looks before it takes its own. */
  public static final class Smtp extends Provider {

    public Smtp() {
      super(Type.TRANSPORT, "smtp", AnsweringTransport.class.getName(), null, null);
    }
  }

  /** As {@link Smtp}. */
  public static final class Smtps extends Provider {

    public Smtps() {
      super(Type.TRANSPORT, "smtps", Encrypted.class.getName(), null, null);
    }
  }

  @Override
  protected synchronized boolean protocolConnect(
      String host, int port, String user, String password) throws MessagingException {
    command = "";
    try {
      return super.protocolConnect(host, port, user, password);
    } catch (MessagingException e) {
      throw answered(e);
    }
  }

  @Override
  public synchronized void sendMessage(Message message, Address[] addresses)
      throws MessagingException {
    try {
      super.sendMessage(message, addresses);
    } catch (MessagingException e) {
      throw answered(e);
    }
  }

  @Override
  protected void sendCommand(String line) throws MessagingException {
    if (!line.equals(RESET)) {
      command = line.strip();
    }
    super.sendCommand(line);
  }

  /** Where the last thing that came was no refusal, something else failed. */
  private MessagingException answered(MessagingException failure) {
    var code = getLastReturnCode();
    return code >= 400 && code < 600
        ? new MailServerAnsweredException(code, command, getLastServerResponse(), failure)
        : failure;
  }
}
