package com.callback.messaging.delivery.engine;

import jakarta.mail.MessagingException;

/**
 * A mail server answered, and not with what was hoped for; {@link RetryPolicy} says what it means.
 */
public class MailServerAnsweredException extends MessagingException {

  private static final long serialVersionUID = 1L;

  private final int code;
  private final String command;
  private final String answer;

  /**
   * @param code three digits, 400 to 599
   * @param command what it answered to; empty for its greeting
   * @param answer all it said, which may quote addresses: it is kept, and never logged
   */
  public MailServerAnsweredException(int code, String command, String answer, Exception cause) {
    super("The mail server responded " + code, cause);
    this.code = code;
    this.command = command;
    this.answer = answer;
  }

  int code() {
    return code;
  }

  String command() {
    return command;
  }

  String answer() {
    return answer;
  }
}
