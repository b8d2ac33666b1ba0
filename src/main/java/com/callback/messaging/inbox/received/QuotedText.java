package com.callback.messaging.inbox.received;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes out of an answer what it quotes, so that a conversation says everything once: lines that
 * begin with {@code >}, the line above them that says who wrote them, the block with which Outlook
 * begins the mail below, and a signature after {@code -- }. What stands below or between quoted
 * lines stays. The mail itself is stored beside it.
 */
final class QuotedText {

  /** More is no line of a person's, and would take long to look at. */
  private static final int LONGEST_LINE = 500;

  /**
   * "On Tue, 3 Nov 2026 at 09:12, Kim Lee <kim@example.com> wrote:" in several languages; it has a
   * time or an address.
   */
  private static final Pattern ATTRIBUTION =
      Pattern.compile(
          "(?iu)(?=.*[0-9@<])(?:on|am|le|el|il|op|den|em|dnia)\\b.{6,}"
              + "(?:wrote|schrieb|écrit|escribió|ha scritto|schreef|skrev|escreveu|napisał)\\b.{0,120}:?");

  private static final Pattern SEPARATOR =
      Pattern.compile(
          "(?iu)-{3,} ?(?:original message|ursprüngliche nachricht|message d'origine|mensaje original"
              + "|messaggio originale|oorspronkelijk bericht|forwarded message) ?-{3,}");

  /** A line of the block that Outlook begins the mail below with. */
  private static final Pattern HEAD_LINE =
      Pattern.compile(
          "(?iu)\\*?(?:from|sent|to|cc|date|subject|von|gesendet|an|betreff|de|envoyé|à|objet|enviado|para|asunto)"
              + "\\*? ?:\\*? .*");

  private static final Pattern SENDER_LINE = Pattern.compile("(?iu)\\*?(?:from|von|de)\\*? ?:.*");

  private static final Pattern SIGNATURE = Pattern.compile("-- ?");

  private QuotedText() {}

  /**
   * The text without what it quotes; all of it where nothing else would be left.
   *
   * @param text with lines ended by a line feed
   */
  static String trimmed(String text) {
    var lines = text.lines().toList();
    var kept = new ArrayList<String>();
    for (var i = 0; i < lines.size(); i++) {
      var line = lines.get(i).strip();
      if (SIGNATURE.matcher(lines.get(i)).matches() || endsAnswer(lines, i)) {
        break;
      }
      var attribution = attributionAt(lines, i);
      if (attribution > 0) {
        if (!isQuotedBelow(lines, i + attribution)) {
          break;
        }
        i += attribution - 1;
      } else if (!line.startsWith(">")) {
        kept.add(lines.get(i));
      }
    }
    var trimmed = String.join("\n", kept).replaceAll("\n{3,}", "\n\n").strip();
    return trimmed.isEmpty() ? text.strip() : trimmed;
  }

  private static boolean endsAnswer(List<String> lines, int i) {
    var line = lines.get(i).strip();
    return line.length() <= LONGEST_LINE
        && (SEPARATOR.matcher(line).matches()
            || SENDER_LINE.matcher(line).matches() && headLines(lines, i) >= 3);
  }

  private static int headLines(List<String> lines, int from) {
    var count = 0;
    for (var i = from; i < lines.size() && isHeadLine(lines.get(i).strip()); i++) {
      count++;
    }
    return count;
  }

  private static boolean isHeadLine(String line) {
    return line.length() <= LONGEST_LINE && HEAD_LINE.matcher(line).matches();
  }

  /** How many lines the attribution takes that begins here: mail programs wrap it. 0 for none. */
  private static int attributionAt(List<String> lines, int i) {
    var joined = "";
    for (var length = 1; length <= 3 && i + length <= lines.size(); length++) {
      var line = lines.get(i + length - 1).strip();
      joined = (joined + " " + line).strip();
      if (line.isEmpty() || line.startsWith(">") || joined.length() > LONGEST_LINE) {
        return 0;
      }
      if (joined.endsWith(":") && ATTRIBUTION.matcher(joined).matches()) {
        return length;
      }
    }
    return 0;
  }

  private static boolean isQuotedBelow(List<String> lines, int from) {
    return lines.stream()
        .skip(from)
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .filter(line -> line.startsWith(">"))
        .isPresent();
  }
}
