package com.callback.messaging.intake.submission;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a form of type application/x-www-form-urlencoded apart, as the URL standard says: a percent
 * sign that begins nothing stands for itself.
 */
final class UrlencodedForm {

  private static final int HEX = 16;

  private UrlencodedForm() {}

  /** Its fields, in their order. */
  static List<FormField> read(byte[] form) {
    var fields = new ArrayList<FormField>();
    var begin = 0;
    for (int end = 0; end <= form.length; end++) {
      if (end == form.length || form[end] == '&') {
        if (end > begin) {
          fields.add(field(form, begin, end));
        }
        begin = end + 1;
      }
    }
    return fields;
  }

  private static FormField field(byte[] form, int begin, int end) {
    var equals = begin;
    while (equals < end && form[equals] != '=') {
      equals++;
    }
    return FormField.of(
        decoded(form, begin, equals), decoded(form, Math.min(equals + 1, end), end), null);
  }

  private static byte[] decoded(byte[] text, int from, int to) {
    var bytes = new ByteArrayOutputStream(to - from);
    for (int i = from; i < to; i++) {
      var isCode =
          text[i] == '%' && i + 2 < to && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
      if (isCode) {
        bytes.write(digit(text[i + 1]) * HEX + digit(text[i + 2]));
        i += 2;
      } else {
        bytes.write(text[i] == '+' ? ' ' : text[i]);
      }
    }
    return bytes.toByteArray();
  }

  private static int digit(byte character) {
    return Character.digit((char) character, HEX);
  }
}
