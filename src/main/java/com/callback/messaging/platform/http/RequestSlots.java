package com.callback.messaging.platform.http;

import java.util.ArrayDeque;
import java.util.Queue;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * How many requests run their routes at once, and how many more may wait. One that waits holds no
 * thread; when a request ends, the one that has waited longest begins. Beyond that a flood is told
 * 503 at once instead of waiting without end.
 */
@Component
class RequestSlots {

  /** A request that waits. */
  interface Waiting {

    /** Begins it; false when its caller has gone. */
    boolean begin();
  }

  private final int concurrency;
  private final int queue;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private int taken;

  RequestSlots(
      @Value("${messaging.http.concurrency}") int concurrency,
      @Value("${messaging.http.queue}") int queue) {
    this.concurrency = concurrency;
    this.queue = queue;
  }

  /** Takes a slot if one is free; {@link #leave} gives it back. */
  synchronized boolean enter() {
    if (taken == concurrency) {
      return false;
    }
    taken++;
    return true;
  }

  /** Begins the request when it gets a slot; false where too many wait already. */
  boolean enterLater(Waiting request) {
    synchronized (this) {
      if (taken == concurrency) {
        return waiting.size() < queue && waiting.add(request);
      }
      taken++;
    }
    if (!request.begin()) {
      leave();
    }
    return true;
  }

  /** Gives the slot to the request that has waited longest. */
  void leave() {
    Waiting next;
    do {
      next = nextOrFree();
    } while (next != null && !next.begin());
  }

  /** How many requests wait. */
  synchronized int waiting() {
    return waiting.size();
  }

  private synchronized Waiting nextOrFree() {
    var next = waiting.poll();
    if (next == null) {
      taken--;
    }
    return next;
  }
}
