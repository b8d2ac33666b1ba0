package com.callback.messaging.intake.submission;

import com.callback.messaging.platform.http.Problem.FieldError;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What text from outside may hold: anything people type, but nothing that PostgreSQL cannot store.
 */
final class Text {

  private static final String NOT_TEXT =
      "Take out the characters that are not text (NUL, or half of a pair).";

  /**
   * Marks that turn the direction of a text around, and that of what stands behind it wherever it
   * is shown: digits after such a name would read backwards.
   */
  private static final Pattern DIRECTION = Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069]");

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

  /** Letters among them that are drawn as nothing, such as the fillers of Hangul. */
  private static final Pattern SEEN =
      Pattern.compile(
          "[^\\p{Z}\\p{C}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2800\\u3164\\uFE00-\\uFE0F\\uFFA0\\x{E0100}-\\x{E01EF}]");

  private Text() {}

  /** What is to be mended in all names and values below this one: a NUL, half a surrogate pair. */
  static List<FieldError> unstorable(JsonNode value) {
    var found = new ArrayList<FieldError>();
    collect("", value, found);
    return found;
  }

  private static void collect(String path, JsonNode value, List<FieldError> found) {
    if (value.isTextual() && !isStorable(value.textValue())) {
      found.add(new FieldError(path, NOT_TEXT));
    }
    for (var entry : value.properties()) {
      var name = isStorable(entry.getKey()) ? entry.getKey() : "(unreadable name)";
      var inside = path.isEmpty() ? name : path + "." + name;
      if (!isStorable(entry.getKey())) {
        found.add(new FieldError(inside, NOT_TEXT));
      }
      collect(inside, entry.getValue(), found);
    }
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        collect(path.isEmpty() ? "" + i : path + "." + i, value.get(i), found);
      }
    }
  }

  private static boolean isStorable(String text) {
    return text.codePoints().allMatch(Text::isStorable);
  }

  private static boolean isStorable(int point) {
    return point != 0 && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
  }

  /** The text without what PostgreSQL cannot store. */
  static String storable(String text) {
    return isStorable(text)
        ? text
        : text.codePoints()
            .filter(point -> isStorable(point))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  /**
   * One line without control characters or space at its ends, read in one direction; null stays
   * null, and nothing visible left becomes null.
   */
  static String line(String text) {
    if (text == null) {
      return null;
    }
    var line = DIRECTION.matcher(text).replaceAll("");
    line = withoutSpaceAround(CONTROL.matcher(line).replaceAll(" "));
    return SEEN.matcher(line).find() ? line : null;
  }

  /** Also without no-break spaces, which strip() leaves. */
  private static String withoutSpaceAround(String text) {
    var begin = 0;
    var end = text.length();
    while (begin < end && isSpace(text.charAt(begin))) {
      begin++;
    }
    while (begin < end && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(begin, end);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
