package com.callback.messaging.delivery.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The concurrency slots of one host, and which businesses have them. Of a host that customers name,
 * a quarter of the slots is reserved for businesses that have few: a business whose endpoints hang
 * shares the host with others.
 */
final class HostSlots {

  private static final int RESERVED = 4;
  private static final int FEW = 16;

  private final int most;
  private final int few;
  private final Map<UUID, Integer> takenBy = new HashMap<>();
  private int taken;

  HostSlots(int most) {
    this.most = most;
    this.few = Math.max(1, most / FEW);
  }

  /** Takes one for a business; false when there is none, or none left for it. */
  synchronized boolean tryTake(UUID business, boolean isShared) {
    var theirs = takenBy.getOrDefault(business, 0);
    var free = most - taken;
    if (free == 0 || isShared && free <= most / RESERVED && theirs >= few) {
      return false;
    }
    taken++;
    takenBy.put(business, theirs + 1);
    return true;
  }

  synchronized void giveBack(UUID business) {
    taken--;
    takenBy.computeIfPresent(business, (id, slots) -> slots > 1 ? slots - 1 : null);
  }
}
