package com.callback.messaging.platform.logs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts a mark in place of what can be told from its form: telephone numbers, mail addresses, keys,
 * tokens, secrets and passwords. Names and texts have no form; they are kept out of the log by
 * {@link QuietLibraries} and {@link MaskedThrowable}.
 */
final class Mask {

  private static final String PHONE = "[phone]";
  private static final String MAIL = "[mail]";
  private static final String SECRET = "[secret]";

  /** As E.164 has it at most, and the shortest that reaches a person. */
  private static final int MOST_DIGITS = 15;

  private static final int FEWEST_DIGITS = 8;
  private static final int LONGEST = 32_768;

  /** What looks like one of the others but is none: ids, times, addresses of machines. */
  private static final String KEPT =
      "(?<kept>(?<![\\w-])\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}(?![\\w-])"
          + "|(?<![\\w-])\\d{4}-\\d\\d-\\d\\d(?:[T ]\\d\\d:\\d\\d(?::\\d\\d)?(?:[.,]\\d{1,9})?)?"
          + "|(?<![\\w.])\\d{1,3}(?:\\.\\d{1,3}){3}(?![\\w.]))";

  private static final String SECRETS =
      "(?<secret>\\b(?:cb[a-z]|wh(?:sec|sk|pk))_[A-Za-z0-9+/=_-]++"
          + "|\\bey[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_.-]++"
          + "|\\b\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\.[A-Za-z0-9_-]{20,}+"
          + "|(?<![A-Za-z0-9_+.$-])(?=[A-Za-z_+-]*+\\d)[A-Za-z0-9_+-]{40,}+=*+(?![.$]))"
          + "|(?<scheme>\\b(?i:bearer|basic) {1,3})(?<credentials>[!-~]{8,}+)"
          + "|(?<name>(?i:callback_session|token|password|passwd|secret|api[_-]?key|signature|[?&](?:code|key|t))"
          + "[\"']?[=:] {0,3}[\"']?)(?<value>[^\\s\"'&;,]++)";

  private static final String MAILS =
      "(?<mail>(?:[^\\s\"'<>()\\[\\]{},;:=|/?&@\\uFF20%]|%(?!40)){1,64}+(?:@|\\uFF20|%40)(?<domain>[^\\s\"'<>()\\[\\]{},;:=|/?&@]{1,255}+))";

  private static final String PHONES =
      "(?<phone>(?:(?<=%2[Bb])|(?<![\\p{XDigit}.$@_-]))[+\\uFF0B]?\\(?\\p{Nd}"
          + "(?:[\\p{Nd}\\p{Z}().\\-\\u2010-\\u2015\\uFF0D\\uFE63\\u2212]|/(?=\\p{Nd})){4,38}+)";

  private static final Pattern FOUND =
      Pattern.compile(String.join("|", SECRETS, KEPT, MAILS, PHONES));

  /** Java's own way of naming an object: Type@1a2b3c. */
  private static final Pattern IDENTITY = Pattern.compile("\\p{XDigit}{1,8}");

  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029&&[^\\n\\t]]");

  private Mask() {}

  /** The text with marks in it. No line of it can be taken for an entry of its own. */
  static String of(String text) {
    if (text == null || text.isEmpty()) {
      return text;
    }
    var shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    var lines = CONTROLS.matcher(shown).replaceAll("?").replaceAll("\\n(?=\\S)", "\n  ");
    var found = FOUND.matcher(lines);
    var masked = new StringBuilder();
    while (found.find()) {
      found.appendReplacement(masked, Matcher.quoteReplacement(instead(found)));
    }
    return found.appendTail(masked).toString();
  }

  private static String instead(Matcher found) {
    if (found.group("secret") != null) {
      return SECRET;
    }
    if (found.group("scheme") != null) {
      return found.group("scheme") + SECRET;
    }
    if (found.group("name") != null) {
      return found.group("name") + SECRET;
    }
    if (found.group("mail") != null) {
      return IDENTITY.matcher(found.group("domain")).matches() ? found.group() : MAIL;
    }
    return found.group("phone") == null ? found.group() : phone(found.group());
  }

  private static String phone(String text) {
    var digits = text.codePoints().filter(Character::isDigit).count();
    if (digits < FEWEST_DIGITS || digits > MOST_DIGITS && isOneNumber(text)) {
      return text;
    }
    return PHONE + text.substring(text.stripTrailing().length());
  }

  /** Longer than any telephone number, and in one piece. */
  private static boolean isOneNumber(String text) {
    return text.strip().codePoints().allMatch(Character::isDigit);
  }
}
