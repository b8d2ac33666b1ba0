package com.callback.messaging.delivery.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Keeps a quarter of a channel's slots for businesses that have few of them, so that one whose
 * endpoints all hang does not take the last one. Where all go through the operator's own provider,
 * nobody's endpoints can hang, and nothing is reserved.
 */
final class FairPart {

  private static final int RESERVED = 4;
  private static final int FEW = 64;

  private final int reserved;
  private final int few;
  private final Map<UUID, Integer> taken;
  private int free;

  /**
   * @param free how many slots are free now, of so many in all
   * @param taken how many each business has; none that has none
   */
  FairPart(int free, int slots, Map<UUID, Integer> taken) {
    this.free = free;
    this.reserved = slots / RESERVED;
    this.few = Math.max(1, slots / FEW);
    this.taken = new HashMap<>(taken);
  }

  /** Whether enough is left for others once the queue has one more. */
  boolean leavesEnough(String channel, TargetQueue queue) {
    return free > reserved
        || queue.host().equals(channel)
        || taken.getOrDefault(queue.businessId(), 0) < few;
  }

  /** The queue has one more; always true. */
  boolean take(TargetQueue queue) {
    free--;
    taken.merge(queue.businessId(), 1, Integer::sum);
    return true;
  }
}
