package com.callback.messaging.realtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Those of this instance who watch one business. One of its reads at a time serves all of them. */
final class Feed {

  private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(1);

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private boolean isWanted;
  private boolean isRead;
  private boolean owesCounts;
  private Instant counted = Instant.MIN;

  Collection<Listener> listeners() {
    return listeners;
  }

  void join(Listener listener) {
    listeners.add(listener);
    synchronized (this) {
      owesCounts = true;
      counted = Instant.MIN;
    }
  }

  void leave(Listener listener) {
    listeners.remove(listener);
  }

  /** There is, or may be, news. Whether somebody has to begin to read; else whoever reads does. */
  synchronized boolean want() {
    isWanted = true;
    if (isRead) {
      return false;
    }
    isRead = true;
    return true;
  }

  /** Whether there is anything to read still; if not, the read is over. */
  synchronized boolean goesOn() {
    isRead = isWanted && !listeners.isEmpty();
    isWanted = false;
    return isRead;
  }

  synchronized void ended() {
    isRead = false;
  }

  /** The earliest place that anybody is at. */
  Position position() {
    return listeners.stream()
        .map(Listener::position)
        .min(Position::compareTo)
        .orElse(new Position(Long.MAX_VALUE, 0));
  }

  /** An event for all who have not had it. */
  void tell(Position at, Frame frame) {
    listeners.forEach(listener -> listener.tell(at, frame));
    if (frame != null && !"delivery.updated".equals(frame.name())) {
      synchronized (this) {
        owesCounts = true;
      }
    }
  }

  void tell(Frame frame) {
    listeners.forEach(listener -> listener.tell(frame));
  }

  /** Whether it is time to count again; then somebody does. */
  synchronized boolean counts(Instant now) {
    if (!owesCounts || listeners.isEmpty() || counted.isAfter(now.minus(BETWEEN_COUNTS))) {
      return false;
    }
    owesCounts = false;
    counted = now;
    return true;
  }
}
