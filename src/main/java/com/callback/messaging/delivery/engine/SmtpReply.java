package com.callback.messaging.delivery.engine;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * What a mail server answered, and to which command.
 *
 * @param code the three digits; 0 or less where no answer came
 * @param enhanced subject and detail of the enhanced status code (RFC 3463) behind them: {@code
 *     1.1} of {@code 5.1.1}; empty where there is none
 * @param command such as {@code RCPT}; empty before the first one, at the server's greeting
 * @param text the whole answer
 */
record SmtpReply(int code, String enhanced, String command, String text) {

  /** RFC 4954: the server wants other credentials of us; it has not judged the mail. */
  private static final Set<Integer> CREDENTIALS = Set.of(530, 534, 535, 538);

  /** The server takes no more at the moment; Exchange says 432 where others say 421. */
  private static final Set<Integer> TOO_MANY = Set.of(421, 432);

  private static final Pattern ENHANCED =
      Pattern.compile("(?m)^[245]\\d\\d[ -][245]\\.(\\d{1,3}\\.\\d{1,3})(?!\\S)");

  static SmtpReply of(int code, String command, String text) {
    var said = text == null ? "" : text.strip();
    var found = ENHANCED.matcher(said);
    return new SmtpReply(code, found.find() ? found.group(1) : "", verb(command), said);
  }

  static Optional<SmtpReply> of(Throwable error) {
    if (error instanceof MailServerAnsweredException answered) {
      return Optional.of(of(answered.code(), answered.command(), answered.answer()));
    }
    if (error instanceof SMTPSendFailedException send) {
      return Optional.of(of(send.getReturnCode(), send.getCommand(), send.getMessage()));
    }
    if (error instanceof SMTPAddressFailedException address) {
      return Optional.of(of(address.getReturnCode(), address.getCommand(), address.getMessage()));
    }
    if (error instanceof SMTPSenderFailedException sender) {
      return Optional.of(of(sender.getReturnCode(), sender.getCommand(), sender.getMessage()));
    }
    return Optional.empty();
  }

  private static String verb(String command) {
    return command == null ? "" : command.split("[ :]", 2)[0];
  }

  /** The codes as people quote them: 550 5.1.1. */
  String codes() {
    return enhanced.isEmpty() ? String.valueOf(code) : code + " " + code / 100 + "." + enhanced;
  }

  boolean isOf(String... subjectsAndDetails) {
    return Set.of(subjectsAndDetails).contains(enhanced);
  }

  /**
   * RFC 3463: 1 addressing, 2 mailbox, 3 mail system, 4 network, 5 protocol, 6 content, 7 policy.
   */
  boolean isAbout(int subject) {
    return enhanced.startsWith(subject + ".");
  }

  boolean isAnswerTo(String... verbs) {
    return Set.of(verbs).contains(command);
  }

  /** Whether we are to log in, or to log in in another way. */
  boolean wantsCredentials() {
    return CREDENTIALS.contains(code) || code >= 500 && isOf("7.8", "7.9");
  }

  boolean saysTooMany() {
    return TOO_MANY.contains(code);
  }

  /** Whether it is the sender that the server does not want. */
  boolean refusesTheSender() {
    return code >= 500 && !wantsCredentials() && (isAnswerTo("MAIL") || isOf("1.7", "1.8"));
  }

  /** Whether there is no such mailbox or domain, whenever one asks. */
  boolean knowsNoSuchAddress() {
    if (code < 500 || wantsCredentials() || refusesTheSender()) {
      return false;
    }
    return enhanced.isEmpty()
        ? code == 556 || isAnswerTo("RCPT") && Set.of(501, 550, 551, 553).contains(code)
        : isAbout(1);
  }

  /** Without an answer to this command the mail may or may not have been taken. */
  boolean leavesOpenWhetherItArrived() {
    return code <= 0 && isAnswerTo(".", "BDAT");
  }
}
