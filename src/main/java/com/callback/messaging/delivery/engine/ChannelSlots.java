package com.callback.messaging.delivery.engine;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The concurrency slots of a channel on this instance; {@link Admission} takes them. */
final class ChannelSlots {

  final AtomicInteger taken = new AtomicInteger();
  final ConcurrencyLimit limit;

  /** How many of them each business has; none that has none. */
  final Map<UUID, Integer> takenBy = new ConcurrentHashMap<>();

  /** More was due than there were slots for. */
  volatile boolean moreWaits;

  ChannelSlots(ConcurrencyLimit limit) {
    this.limit = limit;
  }

  void take(UUID businessId, int slots) {
    taken.addAndGet(slots);
    takenBy.merge(businessId, slots, Integer::sum);
  }

  void giveBack(UUID businessId) {
    taken.decrementAndGet();
    takenBy.computeIfPresent(businessId, (id, slots) -> slots > 1 ? slots - 1 : null);
  }
}
