package com.callback.messaging.delivery.channel.sms;

import java.text.Normalizer;
import java.util.Map;

/**
 * Writes letters that GSM-7 lacks with those that it has: Č as C, ł as l. What has no such letter,
 * as of another script, stays.
 */
final class Transliteration {

  /** Letters that are no letter with an accent. */
  private static final Map<Integer, String> LETTERS =
      Map.ofEntries(
          Map.entry((int) 'ł', "l"),
          Map.entry((int) 'Ł', "L"),
          Map.entry((int) 'đ', "d"),
          Map.entry((int) 'Đ', "D"),
          Map.entry((int) 'ð', "d"),
          Map.entry((int) 'Ð', "D"),
          Map.entry((int) 'þ', "th"),
          Map.entry((int) 'Þ', "Th"),
          Map.entry((int) 'œ', "oe"),
          Map.entry((int) 'Œ', "OE"),
          Map.entry((int) 'ı', "i"),
          Map.entry((int) 'ħ', "h"),
          Map.entry((int) 'Ħ', "H"),
          Map.entry((int) 'ŋ', "n"),
          Map.entry((int) 'ĸ', "k"),
          Map.entry((int) 'ẞ', "ß"));

  private Transliteration() {}

  /** The text with each such letter replaced. */
  static String of(String text) {
    var written = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            letter -> {
              if (SmsEncoding.isGsm7(letter)) {
                written.appendCodePoint(letter);
              } else {
                written.append(LETTERS.getOrDefault(letter, withoutAccents(letter)));
              }
            });
    return written.toString();
  }

  private static String withoutAccents(int letter) {
    var whole = Character.toString(letter);
    if (Character.UnicodeScript.of(letter) != Character.UnicodeScript.LATIN) {
      return whole;
    }
    var bare = Normalizer.normalize(whole, Normalizer.Form.NFD).replaceAll("\\p{Mn}", "");
    return bare.isEmpty() ? whole : bare;
  }
}
