package com.callback.messaging.delivery.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Divides free slots among those who wait: one to each business in turn, and within a business one
 * to each of its queues in turn, until the slots or the deliveries are used up (max-min fairness).
 * A business with ten thousand deliveries waiting takes no more than one with ten while both wait.
 */
final class Shares {

  private final Predicate<TargetQueue> mayTakeOneMore;
  private final Map<TargetQueue, Integer> shares = new LinkedHashMap<>();

  /**
   * @param mayTakeOneMore asked once per delivery; false ends the queue's turn for good
   */
  Shares(Predicate<TargetQueue> mayTakeOneMore) {
    this.mayTakeOneMore = mayTakeOneMore;
  }

  /**
   * How many deliveries each queue may have sent now.
   *
   * @param waiting those that wait longest first
   * @param slots how many in all
   */
  Map<TargetQueue, Integer> of(List<TargetQueue> waiting, int slots) {
    var businesses = new ArrayDeque<>(byBusiness(waiting));
    var left = slots;
    while (left > 0 && !businesses.isEmpty()) {
      var queues = businesses.poll();
      if (serve(queues)) {
        left--;
      }
      if (!queues.isEmpty()) {
        businesses.add(queues);
      }
    }
    return shares;
  }

  private static List<Deque<TargetQueue>> byBusiness(List<TargetQueue> waiting) {
    var byBusiness = new LinkedHashMap<UUID, Deque<TargetQueue>>();
    waiting.forEach(
        queue ->
            byBusiness.computeIfAbsent(queue.businessId(), each -> new ArrayDeque<>()).add(queue));
    return new ArrayList<>(byBusiness.values());
  }

  /** Gives one slot to the next queue of a business; false when none of them may have it. */
  private boolean serve(Deque<TargetQueue> queues) {
    while (!queues.isEmpty()) {
      var queue = queues.poll();
      if (mayTakeOneMore.test(queue)) {
        if (shares.merge(queue, 1, Integer::sum) < queue.deliveries()) {
          queues.add(queue);
        }
        return true;
      }
    }
    return false;
  }
}
