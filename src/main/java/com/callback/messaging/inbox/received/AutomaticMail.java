package com.callback.messaging.inbox.received;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells mails that no person wrote. They are stored, and nobody is notified of them.
 *
 * <table>
 * <caption>What says so</caption>
 * <tr><td>{@code Auto-Submitted}</td><td>any value but {@code no} (RFC 3834)</td></tr>
 * <tr><td>{@code Precedence}</td><td>{@code bulk}, {@code list}, {@code junk}, {@code auto_reply}</td></tr>
 * <tr><td>{@code X-Autoreply}, {@code X-Autorespond}, {@code X-Auto-Reply}</td><td>any value</td></tr>
 * <tr><td>{@code List-Id}, {@code List-Unsubscribe}</td><td>any value: the mail went to many</td></tr>
 * <tr><td>{@code Content-Type}</td><td>{@code multipart/report}: a bounce or a receipt (RFC 6522)</td></tr>
 * <tr><td>{@code Return-Path} or the envelope</td><td>no sender</td></tr>
 * <tr><td>{@code From}</td><td>{@code mailer-daemon}, {@code postmaster}, {@code no-reply}</td></tr>
 * </table>
 *
 * <p>{@code X-Auto-Response-Suppress} asks that a mail is not answered automatically, which persons
 * may ask as well. This service answers no mail automatically.
 */
final class AutomaticMail {

  private static final Set<String> PRECEDENCES = Set.of("bulk", "list", "junk", "auto_reply");

  private static final Pattern NOBODY =
      Pattern.compile("(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply)@.*");

  private static final Pattern NO_SENDER = Pattern.compile("\\s*<\\s*>\\s*");

  private AutomaticMail() {}

  static boolean is(MailHead head) {
    return head.all("Auto-Submitted").anyMatch(value -> !word(value).equals("no"))
        || head.all("Precedence").anyMatch(value -> PRECEDENCES.contains(word(value)))
        || head.has("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "List-Id", "List-Unsubscribe")
        || head.all("Content-Type").anyMatch(value -> word(value).equals("multipart/report"))
        || head.all("Return-Path").anyMatch(value -> NO_SENDER.matcher(value).matches())
        || head.sender() != null && NOBODY.matcher(head.sender()).matches();
  }

  /** The value without its parameters. */
  private static String word(String value) {
    return value.split("[;(]", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
