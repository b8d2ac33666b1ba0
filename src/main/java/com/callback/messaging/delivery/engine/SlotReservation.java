package com.callback.messaging.delivery.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;

/**
 * Concurrency slots that are reserved for deliveries which are about to be stored. As many are
 * stored under a lease of this instance, and sent without a claim.
 */
public final class SlotReservation {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Integer> slots;
  private final String busy;
  private final Map<String, Integer> left;

  /**
   * @param slots how many of each channel; a channel without any is not named
   * @param busy the targets that take nothing at the moment, with commas between them
   */
  SlotReservation(Map<String, Integer> slots, String busy) {
    this.slots = Map.copyOf(slots);
    this.busy = busy;
    this.left = new HashMap<>(slots);
  }

  /** The slots of each channel, for the statement that stores. */
  public String json() throws JsonProcessingException {
    return JSON.writeValueAsString(slots);
  }

  /** The targets of which no delivery is to be leased, for the statement that stores. */
  public String busy() {
    return busy;
  }

  /** A delivery of the channel has been stored under a lease: it has this slot now. */
  void use(String channel) {
    left.merge(channel, -1, Integer::sum);
  }

  /** Takes what is left of it, which is nothing from now on. */
  Map<String, Integer> takeRest() {
    var rest = Map.copyOf(left);
    left.clear();
    return rest;
  }
}
