package com.callback.messaging.bench;

import java.nio.charset.StandardCharsets;

/** How a lead is known again wherever it arrives: a number in its name, such as q00000042q. */
final class Mark {

  static final int DIGITS = 8;
  static final String NONE = "q" + "0".repeat(DIGITS) + "q";

  private Mark() {}

  /** Writes the number over the one that stands at this place. */
  static void write(int number, byte[] bytes, int place) {
    var rest = number;
    for (var digit = DIGITS; digit > 0; digit--) {
      bytes[place + digit] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** The first marked number in these bytes, or -1. */
  static int read(byte[] bytes, int limit) {
    for (var at = 0; at <= limit - DIGITS - 2; at++) {
      if (bytes[at] == 'q' && bytes[at + DIGITS + 1] == 'q') {
        var number = number(bytes, at + 1);
        if (number >= 0) {
          return number;
        }
      }
    }
    return -1;
  }

  static int place(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(NONE);
  }

  private static int number(byte[] bytes, int from) {
    var value = 0;
    for (var at = from; at < from + DIGITS; at++) {
      if (bytes[at] < '0' || bytes[at] > '9') {
        return -1;
      }
      value = value * 10 + bytes[at] - '0';
    }
    return value;
  }
}
