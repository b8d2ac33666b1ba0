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
 * Divides free places among those who wait: one to each business in turn, and within a business one
 * to each of its lanes in turn, until the places or the deliveries are used up (max-min fairness).
 * A business with ten thousand deliveries waiting takes no more than one with ten while both wait.
 */
final class Shares {

  private final Predicate<DueLane> mayTakeOneMore;
  private final Map<DueLane, Integer> shares = new LinkedHashMap<>();

  /**
   * @param mayTakeOneMore asked once per delivery; false ends the lane's turn for good
   */
  Shares(Predicate<DueLane> mayTakeOneMore) {
    this.mayTakeOneMore = mayTakeOneMore;
  }

  /**
   * How many deliveries each lane may have sent now.
   *
   * @param waiting those that wait longest first
   * @param places how many in all
   */
  Map<DueLane, Integer> of(List<DueLane> waiting, int places) {
    var businesses = new ArrayDeque<>(byBusiness(waiting));
    var left = places;
    while (left > 0 && !businesses.isEmpty()) {
      var lanes = businesses.poll();
      if (serve(lanes)) {
        left--;
      }
      if (!lanes.isEmpty()) {
        businesses.add(lanes);
      }
    }
    return shares;
  }

  private static List<Deque<DueLane>> byBusiness(List<DueLane> waiting) {
    var byBusiness = new LinkedHashMap<UUID, Deque<DueLane>>();
    waiting.forEach(
        lane ->
            byBusiness.computeIfAbsent(lane.businessId(), each -> new ArrayDeque<>()).add(lane));
    return new ArrayList<>(byBusiness.values());
  }

  /** Gives one place to the next lane of a business; false when none of them may have it. */
  private boolean serve(Deque<DueLane> lanes) {
    while (!lanes.isEmpty()) {
      var lane = lanes.poll();
      if (mayTakeOneMore.test(lane)) {
        if (shares.merge(lane, 1, Integer::sum) < lane.deliveries()) {
          lanes.add(lane);
        }
        return true;
      }
    }
    return false;
  }
}
