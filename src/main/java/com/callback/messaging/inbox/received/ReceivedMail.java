package com.callback.messaging.inbox.received;

import java.util.List;

/**
 * A mail as it was received, with nothing decided yet.
 *
 * @param messageId what its sender has named it; null where that is no Message-ID
 * @param answers the mails it answers, the nearest first
 * @param sender the address of its author in lower case; null where it names none
 * @param recipients all addresses it may have reached us by, the envelope's first
 * @param text what its author wrote, with all that is quoted
 * @param isAutomatic whether no person wrote it
 * @param isOurs whether this service sent it
 * @param spamScore what the provider says; 0 where it says nothing
 */
record ReceivedMail(
    String messageId,
    List<String> answers,
    String sender,
    List<String> recipients,
    String subject,
    String text,
    List<Attachment> attachments,
    boolean isAutomatic,
    boolean isOurs,
    double spamScore) {

  /**
   * What was attached. Its content is not stored: nothing of it can be opened, run or served here.
   *
   * @param name as its sender wrote it, on one line
   * @param type such as {@code image/png}
   * @param size in bytes as it came over the wire; null where that is not known
   */
  record Attachment(String name, String type, Integer size) {}

  /**
   * What the mail server that received it knows besides.
   *
   * @param recipients whom it was given for, in lower case
   * @param hasSender whether a failure could be reported to somebody; bounces have none
   */
  record Envelope(List<String> recipients, boolean hasSender) {

    /** Where the server does not say. */
    static final Envelope UNKNOWN = new Envelope(List.of(), true);
  }

  /** The same mail with what a provider says of it. */
  ReceivedMail scored(double score) {
    return new ReceivedMail(
        messageId,
        answers,
        sender,
        recipients,
        subject,
        text,
        attachments,
        isAutomatic,
        isOurs,
        score);
  }
}
