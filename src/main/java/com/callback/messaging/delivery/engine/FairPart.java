package com.callback.messaging.delivery.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Keeps a quarter of a channel's places for businesses that have few of them, so that one whose
 * endpoints all hang does not take the last one. Where all go through the operator's own provider,
 * nobody's endpoints can hang, and nothing is kept.
 */
final class FairPart {

  private static final int KEPT = 4;
  private static final int FEW = 64;

  private final int kept;
  private final int few;
  private final Map<UUID, Integer> taken;
  private int free;

  /**
   * @param free how many places are free now, of so many in all
   * @param taken how many each business has; none that has none
   */
  FairPart(int free, int places, Map<UUID, Integer> taken) {
    this.free = free;
    this.kept = places / KEPT;
    this.few = Math.max(1, places / FEW);
    this.taken = new HashMap<>(taken);
  }

  /** Whether enough is left for others once the lane has one more. */
  boolean leavesEnough(String channel, DueLane lane) {
    return free > kept
        || lane.host().equals(channel)
        || taken.getOrDefault(lane.businessId(), 0) < few;
  }

  /** The lane has one more; always true. */
  boolean take(DueLane lane) {
    free--;
    taken.merge(lane.businessId(), 1, Integer::sum);
    return true;
  }
}
