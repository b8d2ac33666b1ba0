package com.callback.messaging.intake;

import com.callback.messaging.http.Problem.FieldError;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What text from outside may hold: anything people type, but nothing that PostgreSQL cannot store.
 */
final class Text {

  /** Digits that a number may have before its point, and behind it. */
  static final int MOST_DIGITS = 100;

  private static final String NOT_TEXT =
      "Take out the characters that are not text (NUL, or half of a pair).";
  private static final String TOO_LONG =
      "Give numbers of at most " + MOST_DIGITS + " digits, longer ones as text.";

  private Text() {}

  /**
   * What is to be mended in all names and values below this one so that it can be stored: a NUL,
   * half a surrogate pair, a number that grows beyond all bounds when it is written out.
   */
  static List<FieldError> unstorable(JsonNode value) {
    var found = new ArrayList<FieldError>();
    collect("", value, found);
    return found;
  }

  private static void collect(String path, JsonNode value, List<FieldError> found) {
    if (value.isTextual() && !isStorable(value.textValue())) {
      found.add(new FieldError(path, NOT_TEXT));
    }
    if (value.isBigDecimal() && isTooLong(value.decimalValue())) {
      found.add(new FieldError(path, TOO_LONG));
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

  /** 1e9999 is six characters here and ten thousand in the database. */
  private static boolean isTooLong(BigDecimal number) {
    long scale = number.scale();
    return scale > MOST_DIGITS || number.precision() - scale > MOST_DIGITS;
  }

  private static boolean isStorable(String text) {
    return text.codePoints()
        .noneMatch(
            point ->
                point == 0 || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
  }

  /**
   * One line without control characters or space at its ends; null stays null, and nothing left
   * becomes null.
   */
  static String line(String text) {
    if (text == null) {
      return null;
    }
    var line = withoutSpaceAround(text.replaceAll("\\p{Cntrl}+", " "));
    return line.isEmpty() ? null : line;
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
