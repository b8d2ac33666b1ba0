package com.callback.messaging.platform.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Passes a multipart body on as it arrives, without what its files hold: a lead has no place for
 * them, and the rest is small.
 */
final class MultipartFileFilter {

  private static final Pattern BOUNDARY =
      Pattern.compile(
          "multipart/[^;]+;.*?boundary=(?:\"([^\"\r\n]{1,70})\"|([^;,\\s]{1,70})).*",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern FILE =
      Pattern.compile("(?im)^content-disposition:.*;\\s*filename\\*?\\s*=");

  private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

  private enum Within {
    TEXT,
    HEAD,
    FILE
  }

  private final byte[] delimiter;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private Within within = Within.TEXT;
  private int ofDelimiter;
  private int ofEnd;

  private MultipartFileFilter(String boundary) {
    delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    // The first delimiter needs no line before it.
    ofDelimiter = 2;
  }

  /** One for a multipart body; null for any other, and for one that names no boundary. */
  static MultipartFileFilter of(String contentType) {
    var boundary = BOUNDARY.matcher(contentType == null ? "" : contentType.strip());
    if (!boundary.matches()) {
      return null;
    }
    return new MultipartFileFilter(
        boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
  }

  /** Writes on what of these bytes is no file's. */
  void pass(byte[] bytes, int count, ByteArrayOutputStream rest) {
    for (int i = 0; i < count; i++) {
      pass(bytes[i], rest);
    }
  }

  private void pass(byte one, ByteArrayOutputStream rest) {
    var wasInFile = within == Within.FILE;
    if (!wasInFile) {
      rest.write(one);
    }
    if (isDelimiterWith(one)) {
      if (wasInFile) {
        rest.writeBytes(delimiter);
      }
      within = Within.HEAD;
      head.reset();
      ofEnd = 0;
    } else if (within == Within.HEAD) {
      head.write(one);
      if (isEndWith(one)) {
        within =
            FILE.matcher(head.toString(StandardCharsets.ISO_8859_1)).find()
                ? Within.FILE
                : Within.TEXT;
      }
    }
  }

  /** A boundary holds no new line, so that a delimiter can only begin anew at one. */
  private boolean isDelimiterWith(byte one) {
    if (one == delimiter[ofDelimiter]) {
      ofDelimiter++;
    } else {
      ofDelimiter = one == '\r' ? 1 : 0;
    }
    if (ofDelimiter < delimiter.length) {
      return false;
    }
    ofDelimiter = 0;
    return true;
  }

  private boolean isEndWith(byte one) {
    if (one == END_OF_HEAD[ofEnd]) {
      ofEnd++;
    } else {
      ofEnd = one == '\r' ? 1 : 0;
    }
    return ofEnd == END_OF_HEAD.length;
  }
}
