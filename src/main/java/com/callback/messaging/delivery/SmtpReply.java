package com.callback.messaging.delivery;

import java.util.Optional;
import java.util.Set;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** What a mail server answered, and to which command. */
record SmtpReply(int code, String command) {

  /** RFC 4954: the server wants other credentials of us; it has not judged the mail. */
  private static final Set<Integer> CREDENTIALS = Set.of(530, 534, 535, 538);

  static Optional<SmtpReply> of(Throwable error) {
    if (error instanceof SMTPSendFailedException send) {
      return Optional.of(new SmtpReply(send.getReturnCode(), send.getCommand()));
    }
    if (error instanceof SMTPAddressFailedException address) {
      return Optional.of(new SmtpReply(address.getReturnCode(), address.getCommand()));
    }
    if (error instanceof SMTPSenderFailedException sender) {
      return Optional.of(new SmtpReply(sender.getReturnCode(), sender.getCommand()));
    }
    return Optional.empty();
  }

  FailureKind kind() {
    if (code >= 500 && code <= 599 && !CREDENTIALS.contains(code)) {
      return FailureKind.PERMANENT;
    }
    return code < 0 && endsTheMail() ? FailureKind.UNKNOWN : FailureKind.TEMPORARY;
  }

  /** Without an answer to this command the mail may or may not have been taken. */
  private boolean endsTheMail() {
    return command != null && (command.equals(".") || command.startsWith("BDAT"));
  }
}
