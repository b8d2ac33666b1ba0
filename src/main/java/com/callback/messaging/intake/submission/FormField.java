package com.callback.messaging.intake.submission;

import java.util.Arrays;

/**
 * One field of a form as it came, not decoded yet.
 *
 * @param value of a file its name
 * @param type the media type that a part of a multipart form gives itself; null for none
 * @param isCut whether more was sent than is kept
 * @param isFile whether it is a file, whose content is not kept
 */
record FormField(byte[] name, byte[] value, String type, boolean isCut, boolean isFile) {

  /** The bytes that are kept of one value: several times what any field may have. */
  private static final int LONGEST = 16_384;

  /** A value, kept to its limit. */
  static FormField of(byte[] name, byte[] value, String type) {
    return value.length <= LONGEST
        ? new FormField(name, value, type, false, false)
        : new FormField(name, whole(Arrays.copyOf(value, LONGEST)), type, true, false);
  }

  /** Without what may be the first half of a UTF-8 character at its end. */
  private static byte[] whole(byte[] cut) {
    var end = cut.length;
    while (end > 0 && end > cut.length - 4 && cut[end - 1] < 0) {
      end--;
    }
    return Arrays.copyOf(cut, end);
  }
}
