package com.callback.messaging.delivery.engine;

/** Says what to do about what a mail server answered. */
final class SmtpRemedies {

  static final String LOG_IN =
      "it refuses the log-in: check SPRING_MAIL_USERNAME and SPRING_MAIL_PASSWORD, or those of the standby";

  private static final String UNREACHABLE_NAME =
      "it refuses the name that this service greets with: set CHANNELS_EMAIL_EHLO_NAME to a host name with a dot that leads here";
  private static final String TOO_MANY =
      "it takes no more connections at the moment: where that repeats, lower CHANNELS_EMAIL_IN_FLIGHT";
  private static final String TURNS_US_AWAY =
      "it turns this service away at its greeting: let its operator allow this service's address, or set another server in SPRING_MAIL_HOST";
  private static final String SENDER =
      "it refuses the sender: set CHANNELS_EMAIL_FROM to an address that this server may send for";
  private static final String NO_SUCH_ADDRESS =
      "it knows no such address: correct the address that the mail goes to";
  private static final String FULL =
      "the mailbox is full: its owner makes room, or another address is given";
  private static final String MAILBOX = "the mailbox takes nothing at the moment";
  private static final String POLICY =
      "its policy refuses the mail: check SPF, DKIM and DMARC of the sender's domain, and whether this service's address is on a block list";
  private static final String TROUBLE = "it has trouble of its own, or on the way";
  private static final String PROTOCOL =
      "it did not understand this service: another server in SPRING_MAIL_HOST may";
  private static final String CONTENT = "it cannot carry a mail of this kind";
  private static final String UNSAID = "it does not say why";

  private SmtpRemedies() {}

  /** The codes, and what they ask of whom, in one sentence. */
  static String sentence(SmtpReply reply) {
    return "The mail server responded " + reply.codes() + ": " + remedy(reply);
  }

  private static String remedy(SmtpReply reply) {
    if (reply.wantsCredentials()) {
      return LOG_IN;
    }
    if (reply.saysTooMany()) {
      return TOO_MANY;
    }
    if (reply.isAnswerTo("")) {
      return reply.code() < 500 ? TOO_MANY : TURNS_US_AWAY;
    }
    if (reply.isAnswerTo("EHLO", "HELO")) {
      return UNREACHABLE_NAME;
    }
    if (reply.refusesTheSender()) {
      return SENDER;
    }
    if (reply.knowsNoSuchAddress()) {
      return NO_SUCH_ADDRESS;
    }
    return reply.enhanced().isEmpty() ? byCode(reply.code()) : bySubject(reply);
  }

  private static String bySubject(SmtpReply reply) {
    if (reply.isOf("2.2")) {
      return FULL;
    }
    return switch (reply.enhanced().charAt(0)) {
      case '2' -> MAILBOX;
      case '3', '4' -> TROUBLE;
      case '5' -> PROTOCOL;
      case '6' -> CONTENT;
      case '7' -> reply.code() < 500 ? TROUBLE : POLICY;
      default -> UNSAID;
    };
  }

  private static String byCode(int code) {
    return switch (code) {
      case 452, 552 -> FULL;
      case 450 -> MAILBOX;
      case 451, 454, 455 -> TROUBLE;
      case 500, 501, 502, 503, 504, 555 -> PROTOCOL;
      default -> code < 500 ? TROUBLE : POLICY;
    };
  }
}
