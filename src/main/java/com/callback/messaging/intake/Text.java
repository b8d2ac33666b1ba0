package com.callback.messaging.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What text from outside may hold: anything people type, but nothing that PostgreSQL cannot store.
 */
final class Text {

  private Text() {}

  /** The paths of all names and values below this one that hold a NUL or half a surrogate pair. */
  static List<String> unstorable(JsonNode value) {
    var found = new ArrayList<String>();
    collect("", value, found);
    return found;
  }

  private static void collect(String path, JsonNode value, List<String> found) {
    if (value.isTextual() && !isStorable(value.textValue())) {
      found.add(path);
    }
    value
        .properties()
        .forEach(
            entry -> {
              var name = isStorable(entry.getKey()) ? entry.getKey() : "(unreadable name)";
              var inside = path.isEmpty() ? name : path + "." + name;
              if (!isStorable(entry.getKey())) {
                found.add(inside);
              }
              collect(inside, entry.getValue(), found);
            });
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        collect(path + "." + i, value.get(i), found);
      }
    }
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
    var line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.isEmpty() ? null : line;
  }
}
