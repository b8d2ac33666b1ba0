package com.callback.messaging.delivery.channel;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Characters as they are drawn: accents, joined emoji and flags stay whole. */
public final class Graphemes {

  private static final Pattern GRAPHEME = Pattern.compile("\\X");

  private Graphemes() {}

  /** Where a text may be cut, in UTF-16 code units, beginning with 0. */
  public static List<Integer> cuts(String text) {
    var cuts = new ArrayList<>(List.of(0));
    var characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text);
    var graphemes = GRAPHEME.matcher(text);
    while (graphemes.find()) {
      // Before Java 20 each of the two splits what the other keeps: joined emoji, Indic syllables.
      if (characters.isBoundary(graphemes.end())) {
        cuts.add(graphemes.end());
      }
    }
    return cuts;
  }

  /**
   * The beginning of a text, followed by an ellipsis where something is left out.
   *
   * @param longest in characters as they are drawn, 0 or more
   */
  static String beginning(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    var cuts = cuts(text);
    return cuts.size() - 1 <= longest
        ? text
        : text.substring(0, cuts.get(longest)).stripTrailing() + "\u2026";
  }
}
