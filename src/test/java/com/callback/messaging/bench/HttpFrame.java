package com.callback.messaging.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Where an HTTP/1.1 message ends, for the two shapes that both sides of a benchmark send. */
final class HttpFrame {

  static final int INCOMPLETE = -1;

  private static final byte[] HEADERS_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CHUNKED =
      "transfer-encoding: chunked".getBytes(StandardCharsets.US_ASCII);

  private HttpFrame() {}

  /** Where the first message of the first {@code limit} bytes ends, or {@link #INCOMPLETE}. */
  static int end(byte[] bytes, int limit) {
    var headers = indexOf(bytes, 0, limit, HEADERS_END);
    if (headers < 0) {
      return INCOMPLETE;
    }
    var body = headers + HEADERS_END.length;
    var length = indexOf(bytes, 0, headers, LENGTH);
    if (length >= 0) {
      var end = body + number(bytes, length + LENGTH.length);
      return end <= limit ? end : INCOMPLETE;
    }
    if (indexOf(bytes, 0, headers, CHUNKED) < 0) {
      return body;
    }
    var last = indexOf(bytes, body, limit, LAST_CHUNK);
    return last < 0 ? INCOMPLETE : last + LAST_CHUNK.length;
  }

  /** The status of an answer. */
  static int status(byte[] answer) {
    return number(answer, "HTTP/1.1".length());
  }

  static boolean contains(byte[] bytes, int limit, byte[] lowerCase) {
    return indexOf(bytes, 0, limit, lowerCase) >= 0;
  }

  /** Makes room behind what a buffer holds. */
  static ByteBuffer roomier(ByteBuffer full) {
    return ByteBuffer.allocate(2 * full.capacity()).put(full.flip());
  }

  /** The number behind optional spaces. */
  static int number(byte[] bytes, int from) {
    var at = from;
    while (bytes[at] == ' ') {
      at++;
    }
    var value = 0;
    while (bytes[at] >= '0' && bytes[at] <= '9') {
      value = value * 10 + bytes[at++] - '0';
    }
    return value;
  }

  private static int indexOf(byte[] bytes, int from, int limit, byte[] lowerCase) {
    for (var at = from; at <= limit - lowerCase.length; at++) {
      if (matches(bytes, at, lowerCase)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] bytes, int at, byte[] lowerCase) {
    for (var i = 0; i < lowerCase.length; i++) {
      var c = bytes[at + i];
      if ((c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }
}
