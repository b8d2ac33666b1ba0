package com.callback.messaging.delivery.channel.email;

import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A mail ready to be sent.
 *
 * @param replyTo who is answered: the lead, where it left an address, or the business where the
 *     mail goes to the lead; otherwise null
 * @param conversation a second address for answers, with which they join the conversation of the
 *     lead; null for a mail that belongs to none
 * @param messageId the same on every attempt
 * @param inReplyTo the mail before it in its thread; null for the first one
 * @param references all mails before it; null for the first one
 * @param unsubscribeLink the address that ends mails of this kind by a POST; null where the
 *     recipient cannot do without them
 * @param isPersonal whether a person wrote it, who wants to hear of automatic answers
 */
public record Mail(
    InternetAddress from,
    InternetAddress to,
    InternetAddress replyTo,
    InternetAddress conversation,
    String subject,
    String messageId,
    String inReplyTo,
    String references,
    String unsubscribeLink,
    boolean isPersonal,
    String text,
    String html) {

  /** A mail that belongs to no conversation. */
  public Mail(
      InternetAddress from,
      InternetAddress to,
      InternetAddress replyTo,
      String subject,
      String messageId,
      String inReplyTo,
      String references,
      String unsubscribeLink,
      boolean isPersonal,
      String text,
      String html) {
    this(
        from,
        to,
        replyTo,
        null,
        subject,
        messageId,
        inReplyTo,
        references,
        unsubscribeLink,
        isPersonal,
        text,
        html);
  }

  /** The same mail, whose answers join a conversation; null for none. */
  Mail in(InternetAddress conversation) {
    return new Mail(
        from,
        to,
        replyTo,
        conversation,
        subject,
        messageId,
        inReplyTo,
        references,
        unsubscribeLink,
        isPersonal,
        text,
        html);
  }

  /** Where answers go: the value of {@code Reply-To}; empty for the sender itself. */
  public List<InternetAddress> replyAddresses() {
    return Stream.of(replyTo, conversation).filter(Objects::nonNull).toList();
  }

  /** The value of {@code Auto-Submitted} (RFC 3834); null for what a person wrote. */
  public String autoSubmitted() {
    return isPersonal ? null : "auto-generated";
  }

  /** Which automatic answers Exchange keeps to itself; null where a person wrote. */
  public String suppressedAnswers() {
    return isPersonal ? null : "All";
  }

  /**
   * The value of {@code List-Unsubscribe} (RFC 8058), which has to be an https address; null
   * without one.
   */
  public String listUnsubscribe() {
    return unsubscribeLink != null && unsubscribeLink.startsWith("https://")
        ? "<" + unsubscribeLink + ">"
        : null;
  }

  /** The value of {@code List-Unsubscribe-Post}; null without {@code List-Unsubscribe}. */
  public String listUnsubscribePost() {
    return listUnsubscribe() == null ? null : "List-Unsubscribe=One-Click";
  }
}
