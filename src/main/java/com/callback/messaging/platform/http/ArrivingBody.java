package com.callback.messaging.platform.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.time.Duration;

/**
 * What has come of a body. What is too much is read on for a while and dropped, since a caller who
 * is still sending would see the connection break instead of the answer.
 */
final class ArrivingBody {

  /** How much of a refused body is read before it is answered. */
  private static final int READ_ON = 262_144;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A photo over a bad line. It holds no memory, and no thread. */
  private static final Duration PATIENCE_WITH_FILES = Duration.ofSeconds(60);

  private final HttpServletRequest original;
  private final RequestWithBody request;
  private final MultipartFileFilter sieve;
  private final boolean isOfReceipts;
  private ByteArrayOutputStream kept = new ByteArrayOutputStream(512);
  private long received;
  private long readOnUntil = Long.MAX_VALUE;

  ArrivingBody(HttpServletRequest original) {
    this.original = original;
    this.request = new RequestWithBody(original);
    this.sieve = MultipartFileFilter.of(original.getContentType());
    this.isOfReceipts = sieve == null && BodyLimit.takesReceipts(original);
    if (original.getContentLengthLong() > limit()) {
      tooLarge();
    }
  }

  synchronized void take(byte[] bytes, int count) {
    received += count;
    if (readOnUntil == Long.MAX_VALUE) {
      if (sieve == null) {
        kept.write(bytes, 0, count);
      } else {
        sieve.pass(bytes, count, kept);
      }
      if (kept.size() > keptLimit() || received > limit()) {
        tooLarge();
      }
    }
  }

  private int limit() {
    return sieve == null ? keptLimit() : BodyLimit.LIMIT_WITH_FILES;
  }

  private int keptLimit() {
    return isOfReceipts ? BodyLimit.LIMIT_OF_RECEIPTS : BodyLimit.LIMIT;
  }

  private void tooLarge() {
    if (isOfReceipts) {
      refuse(BodyLimit.TOO_MANY_RECEIPTS);
    } else {
      refuse(sieve == null ? BodyLimit.TOO_LARGE : BodyLimit.TOO_LARGE_WITH_FILES);
    }
    readOnUntil = received + READ_ON;
  }

  /** The request is answered with a problem, and what came of its body is dropped. */
  synchronized void refuse(Problem problem) {
    BodyLimit.refuse(original, problem);
    kept = new ByteArrayOutputStream(0);
    readOnUntil = received;
  }

  /** What has come is the body, unless it was refused. */
  synchronized void end() {
    if (readOnUntil == Long.MAX_VALUE) {
      BodyLimit.keep(original, kept.toByteArray());
    }
  }

  /** Whether nothing more is wanted. */
  synchronized boolean isOver() {
    return received >= readOnUntil;
  }

  /** How many bytes are kept. */
  synchronized int size() {
    return kept.size();
  }

  Duration patience() {
    return sieve == null ? PATIENCE : PATIENCE_WITH_FILES;
  }

  /** The request as it goes on: with its body. */
  RequestWithBody request() {
    return request;
  }
}
