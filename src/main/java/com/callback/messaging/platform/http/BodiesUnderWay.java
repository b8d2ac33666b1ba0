package com.callback.messaging.platform.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * What the bodies that are still arriving hold: memory, and a connection each. Beyond an eighth of
 * the heap, or a thousand, the one that has been arriving for longest is given up: an honest one is
 * there within a moment.
 */
@Component
class BodiesUnderWay {

  /** A body that may be given up. */
  interface Slow {
    void giveUp();
  }

  private static final int MOST_BODIES = 1_000;

  private final long most;
  private final int mostBodies;
  private final Map<Slow, Integer> sizes = new LinkedHashMap<>();
  private long held;

  @Autowired
  BodiesUnderWay() {
    this(Runtime.getRuntime().maxMemory() / 8, MOST_BODIES);
  }

  /**
   * @param most bytes that all of them may hold
   * @param mostBodies how many they may be
   */
  BodiesUnderWay(long most, int mostBodies) {
    this.most = most;
    this.mostBodies = mostBodies;
  }

  /** Notes how many bytes of a body are held, which has grown or is new. */
  void note(Slow body, int size) {
    var before = takeUp(body, size);
    if (before != null) {
      before.giveUp();
    }
  }

  private synchronized Slow takeUp(Slow body, int size) {
    var old = sizes.put(body, size);
    held += size - (old == null ? 0 : old);
    return held > most || sizes.size() > mostBodies ? sizes.keySet().iterator().next() : null;
  }

  synchronized void remove(Slow body) {
    var size = sizes.remove(body);
    held -= size == null ? 0 : size;
  }
}
