package com.callback.messaging.inbox.export;

import java.util.regex.Pattern;

/**
 * Keeps spreadsheets from running as a formula what a visitor typed, as OWASP's "CSV Injection"
 * advises: an apostrophe goes before what would be one. Programs set up for another country take
 * semicolons, tabs or line breaks within a cell for the beginning of the next one, so it goes there
 * as well.
 */
final class Cells {

  /** What a formula begins with, also full-width. */
  private static final String FORMULA = "[=+\\-@＝＋－＠]";

  /** What programs leave out before they look. */
  private static final String LEFT_OUT = "[\\p{Z}\\p{Cc}\\p{Cf}\"'`&&[^\\t\\r\\n]]*+";

  private static final Pattern AT_THE_BEGINNING =
      Pattern.compile("\\A(?:[\\t\\r\\n]|" + LEFT_OUT + FORMULA + ")");

  private static final Pattern WITHIN =
      Pattern.compile("([;\\t\\r\\n])(?=" + LEFT_OUT + FORMULA + ")");

  /** The comma too, where a program that cuts there would meet a file that is cut elsewhere. */
  private static final Pattern WITHIN_COMMAS =
      Pattern.compile("([,;\\t\\r\\n])(?=" + LEFT_OUT + FORMULA + ")");

  /** A plus and digits, in groups or not: nothing in it can be run, and other systems import it. */
  private static final Pattern NUMBER = Pattern.compile("\\+[0-9]+(?: [0-9]+)*");

  private Cells() {}

  /**
   * The text as it may stand in a cell; null stays null.
   *
   * @param separator what stands between cells
   */
  static String safe(String text, char separator) {
    if (text == null || text.isEmpty() || NUMBER.matcher(text).matches()) {
      return text;
    }
    var within = (separator == ',' ? WITHIN : WITHIN_COMMAS).matcher(text).replaceAll("$1'");
    return AT_THE_BEGINNING.matcher(text).find() ? "'" + within : within;
  }
}
