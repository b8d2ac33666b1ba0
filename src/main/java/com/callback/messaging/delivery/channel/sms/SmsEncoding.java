package com.callback.messaging.delivery.channel.sms;

/** The two alphabets of an SMS (3GPP TS 23.038) and what fits into 140 octets of each. */
public enum SmsEncoding {
  /** Seven bits a character; the characters of the extension table take two units. */
  GSM_7(160, 153),
  /** UTF-16 code units; one character outside GSM-7 makes the whole text UCS-2. */
  UCS_2(70, 67);

  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  private static final String EXTENSION = "\f^{}\\[~]|€";

  /** Units that fit when the text is one message. */
  final int unitsAlone;

  /** Units that fit into each part when it is several: six octets say which part it is. */
  final int unitsPerPart;

  SmsEncoding(int unitsAlone, int unitsPerPart) {
    this.unitsAlone = unitsAlone;
    this.unitsPerPart = unitsPerPart;
  }

  static SmsEncoding of(String text) {
    return text.codePoints().allMatch(SmsEncoding::isGsm7) ? GSM_7 : UCS_2;
  }

  int units(int codePoint) {
    return this == UCS_2
        ? Character.charCount(codePoint)
        : EXTENSION.indexOf(codePoint) < 0 ? 1 : 2;
  }

  /** Whether GSM-7 has the character. */
  static boolean isGsm7(int codePoint) {
    return BASIC.indexOf(codePoint) >= 0 || EXTENSION.indexOf(codePoint) >= 0;
  }
}
