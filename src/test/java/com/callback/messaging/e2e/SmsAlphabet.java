package com.callback.messaging.e2e;

/** What a short message takes, counted by the standard's own tables (3GPP TS 23.038). */
final class SmsAlphabet {

  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  private static final String TWO_UNITS = "\f^{}\\[~]|€";

  private SmsAlphabet() {}

  static boolean isGsm7(String text) {
    return text.codePoints().allMatch(c -> (BASIC + TWO_UNITS).indexOf(c) >= 0);
  }

  static int units(String text) {
    return isGsm7(text)
        ? text.codePoints().map(c -> TWO_UNITS.indexOf(c) >= 0 ? 2 : 1).sum()
        : text.length();
  }

  /** Parts on the air; characters of two units are never torn apart. */
  static int parts(String text) {
    var gsm7 = isGsm7(text);
    if (units(text) <= (gsm7 ? 160 : 70)) {
      return 1;
    }
    var parts = 1;
    var used = 0;
    for (var c : text.codePoints().mapToObj(Character::toString).toList()) {
      var units = gsm7 ? units(c) : c.length();
      if (used + units > (gsm7 ? 153 : 67)) {
        parts++;
        used = 0;
      }
      used += units;
    }
    return parts;
  }
}
