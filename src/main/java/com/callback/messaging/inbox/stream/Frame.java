package com.callback.messaging.inbox.stream;

import java.nio.charset.StandardCharsets;

/**
 * Something for a subscriber, as server-sent events are written. It is encoded once, however many
 * streams it is sent to.
 */
final class Frame {

  static final Frame HEARTBEAT = new Frame(":\n\n");

  private final byte[] bytes;

  private Frame(String text) {
    this.bytes = text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The first of a stream: a client that is cut off before the first event resumes here.
   *
   * @param reconnectMillis how long a client waits before it comes again
   */
  static Frame start(Position position, long reconnectMillis) {
    return new Frame("id:%s\nretry:%d\n:\n\n".formatted(position, reconnectMillis));
  }

  /** An event, by whose position a client resumes. */
  static Frame event(Position at, String name, String data) {
    return new Frame("id:" + at + "\nevent:" + name + "\ndata:" + lines(data) + "\n\n");
  }

  /** Counts, which move nobody. */
  static Frame counts(String counts) {
    return new Frame("event:counts\ndata:" + lines(counts) + "\n\n");
  }

  /** Who looks at a lead or writes to it, which moves nobody. */
  static Frame presence(String presence) {
    return new Frame("event:presence\ndata:" + lines(presence) + "\n\n");
  }

  private static String lines(String data) {
    return data.replace("\n", "\ndata:");
  }

  byte[] bytes() {
    return bytes;
  }
}
