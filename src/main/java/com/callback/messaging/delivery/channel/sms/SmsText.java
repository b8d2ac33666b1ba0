package com.callback.messaging.delivery.channel.sms;

import com.callback.messaging.delivery.channel.Graphemes;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Counts, shortens and simplifies texts for SMS, where each further part costs again. */
@Component
public class SmsText {

  private static final String MORE = "...";

  /** Marks that turn the reading direction around, and with it the digits behind a name. */
  private static final Pattern DIRECTION = Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069]");

  /** What word processors and phones put in place of characters that GSM-7 has. */
  private static final Map<Character, String> LOOKALIKES =
      lookalikes(
          Map.of(
              "‘’‚‛′`´", "'",
              "“”„‟″«»", "\"",
              "‐‑‒–—―−", "-",
              "…", "...",
              "\u00A0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u205F\t",
                  " ",
              "\u2028\u2029", "\n",
              "\u00AD\u200B\u2060\uFEFF", ""));

  private final boolean transliterates;

  /**
   * @param transliterates whether letters that GSM-7 lacks are replaced where that makes the whole
   *     text GSM-7
   */
  SmsText(@Value("${channels.sms.transliterate}") boolean transliterates) {
    this.transliterates = transliterates;
  }

  /**
   * Counts as a handset joins the parts: no pair, escaped or surrogate, lies across two of them.
   */
  public SmsSize size(String text) {
    var encoding = SmsEncoding.of(text);
    var units = text.codePoints().map(encoding::units).sum();
    if (units <= encoding.unitsAlone) {
      return new SmsSize(encoding, units, units == 0 ? 0 : 1);
    }
    return new SmsSize(encoding, units, parts(text, encoding));
  }

  private static int parts(String text, SmsEncoding encoding) {
    var parts = 1;
    var used = 0;
    for (var codePoint : text.codePoints().toArray()) {
      var units = encoding.units(codePoint);
      if (used + units > encoding.unitsPerPart) {
        parts++;
        used = 0;
      }
      used += units;
    }
    return parts;
  }

  /**
   * Returns the text if it fits, else as much of its beginning as does, followed by "...".
   * Characters that are drawn as one (accents, emoji, flags) stay whole.
   *
   * @param maxParts at least 1
   */
  public String fit(String text, int maxParts) {
    if (maxParts < 1) {
      throw new IllegalArgumentException("An SMS has at least one part, not " + maxParts + ".");
    }
    if (size(text).parts() <= maxParts) {
      return text;
    }
    var cuts = Graphemes.cuts(text);
    var fits = 0;
    var tooLong = cuts.size();
    // A longer beginning never needs fewer parts, also where it turns from GSM-7 to UCS-2.
    while (fits + 1 < tooLong) {
      var middle = (fits + tooLong) / 2;
      if (size(cutAt(cuts.get(middle), text)).parts() <= maxParts) {
        fits = middle;
      } else {
        tooLong = middle;
      }
    }
    return cutAt(cuts.get(fits), text);
  }

  /**
   * The beginning of a text, followed by "..." where something is left out.
   *
   * @param longest in characters as they are drawn, 0 or more
   */
  String beginning(String text, int longest) {
    var cuts = Graphemes.cuts(text);
    return cuts.size() - 1 <= longest ? text : cutAt(cuts.get(longest), text);
  }

  private static String cutAt(int end, String text) {
    return text.substring(0, end).stripTrailing() + MORE;
  }

  /**
   * Joins accents with their letters, of which GSM-7 has some as one character only, and replaces
   * curly quotes, dashes, the ellipsis and special spaces by what GSM-7 has, so that one of them
   * does not more than double the price. Nothing turns the direction around.
   */
  public String plain(String typed) {
    var text = DIRECTION.matcher(Normalizer.normalize(typed, Normalizer.Form.NFC)).replaceAll("");
    var plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      var lookalike = LOOKALIKES.get(text.charAt(i));
      if (lookalike == null) {
        plain.append(text.charAt(i));
      } else {
        plain.append(lookalike);
      }
    }
    return transliterates ? transliterated(plain.toString()) : plain.toString();
  }

  /** One letter that stays would make the text UCS-2 all the same: then all of them stay. */
  private static String transliterated(String text) {
    var written = Transliteration.of(text);
    return SmsEncoding.of(written) == SmsEncoding.GSM_7 ? written : text;
  }

  private static Map<Character, String> lookalikes(Map<String, String> groups) {
    var each = new HashMap<Character, String>();
    groups.forEach((all, one) -> all.chars().forEach(c -> each.put((char) c, one)));
    return Map.copyOf(each);
  }
}
