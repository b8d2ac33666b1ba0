package com.callback.messaging.chaos;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What a receiver has seen, by the id of the delivery. */
final class Arrivals {

  private final Map<String, AtomicInteger> taken = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> read = new ConcurrentHashMap<>();
  private final Pulse pulse = new Pulse();

  /** It was read and answered with a yes. */
  void taken(String id) {
    count(taken, id);
    count(read, id);
    pulse.beat();
  }

  /** It was read, and whoever sent it cannot know. */
  void unanswered(String id) {
    count(read, id);
  }

  Pulse pulse() {
    return pulse;
  }

  boolean has(String id) {
    return taken.containsKey(id);
  }

  boolean hasRead(String id) {
    return read.containsKey(id);
  }

  /** How often something was taken that had been taken before. */
  int duplicates() {
    return taken.values().stream().mapToInt(times -> times.get() - 1).sum();
  }

  /** How many were read more than once, a refusal not counted. */
  long readTwice() {
    return read.values().stream().filter(times -> times.get() > 1).count();
  }

  private static void count(Map<String, AtomicInteger> counts, String id) {
    counts.computeIfAbsent(id, first -> new AtomicInteger()).incrementAndGet();
  }
}
