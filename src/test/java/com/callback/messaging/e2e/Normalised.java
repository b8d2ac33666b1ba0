package com.callback.messaging.e2e;

import java.text.Normalizer;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The only things that may happen to a text on its way. Everything else must arrive as it was
 * typed, character by character.
 */
final class Normalised {

  /** Code points of a name before an address. */
  static final int LONGEST_NAME = 70;

  /** Code points of a subject. */
  static final int LONGEST_SUBJECT = 200;

  private static final Map<String, String> SMS =
      Map.of(
          "[‘’‚‛′`´]", "'",
          "[“”„‟″«»]", "\"",
          "[‐‑‒–—―−]", "-",
          "…", "...",
          "[\u00A0\u2000-\u200A\u202F\u205F\t]", " ",
          "[\u2028\u2029]", "\n",
          "[\u00AD\u200B\u2060\uFEFF]", "");

  private static final Pattern DIRECTION = Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069]");

  private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

  private Normalised() {}

  /**
   * A field of one line: control characters become a space, and space at the ends goes, as do marks
   * that turn the reading direction around.
   */
  static String line(String typed) {
    return typed == null
        ? null
        : DIRECTION.matcher(typed).replaceAll("").replaceAll("[\\x00-\\x1F\\x7F]+", " ").strip();
  }

  /** A phone number as JSON gives it: digits, spaces, dots and dashes of all scripts in ASCII. */
  static String phone(String typed) {
    if (typed == null) {
      return null;
    }
    var folded = new StringBuilder();
    typed
        .codePoints()
        .forEach(
            c -> {
              if (Character.isDigit(c)) {
                folded.append(Character.digit(c, 10));
              } else if (Character.isSpaceChar(c) || Character.isWhitespace(c)) {
                folded.append(' ');
              } else if (c == '.' || Character.getType(c) == Character.DASH_PUNCTUATION) {
                folded.append('-');
              } else {
                folded.appendCodePoint(c);
              }
            });
    return folded.toString().strip();
  }

  /**
   * A name or subject in a mail header: one line with single spaces, without marks that turn the
   * reading direction around, with nothing that reads as an encoded word, and not too long.
   */
  static String header(String text, int longest) {
    var line =
        DIRECTION
            .matcher(text)
            .replaceAll("")
            .replaceAll("[\\p{Cc}\\p{Z}]+", " ")
            .strip()
            .replace("=?", "= ?");
    return line.codePointCount(0, line.length()) <= longest
        ? line
        : line.substring(0, line.offsetByCodePoints(0, longest)).strip();
  }

  /** Mail has one kind of line end, and forms have another; which one is not part of a text. */
  static String lineEnds(String text) {
    return text == null ? null : LINE_END.matcher(text).replaceAll("\n");
  }

  /** What an SMS would pay double for: look-alikes of plain characters, accents on their own. */
  static String sms(String text) {
    var plain = Normalizer.normalize(DIRECTION.matcher(text).replaceAll(""), Normalizer.Form.NFC);
    for (var lookalike : SMS.entrySet()) {
      plain = plain.replaceAll(lookalike.getKey(), lookalike.getValue());
    }
    return plain.strip();
  }
}
