package com.callback.messaging.inbox.analytics;

import java.util.ArrayList;
import java.util.List;

/** Whole seconds, in as many parts as they came in; percentiles are by nearest rank. */
final class Durations {

  private final List<int[]> parts = new ArrayList<>();
  private long count;

  /** Adds a part, in ascending order. */
  void add(int[] ascending) {
    parts.add(ascending);
    count += ascending.length;
  }

  /**
   * The least duration that this share of all does not exceed, so one that there was. The search
   * halves a range of values: putting all parts in order would take time that grows with them.
   *
   * @param share above 0, such as 0.9
   * @return null without any duration
   */
  Integer percentile(double share) {
    if (count == 0) {
      return null;
    }
    var rank = (long) Math.ceil(share * count);
    int low = 0;
    int high = Integer.MAX_VALUE;
    while (low < high) {
      int middle = low + (high - low) / 2;
      if (upTo(middle) < rank) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private long upTo(int most) {
    return parts.stream().mapToLong(part -> upTo(most, part)).sum();
  }

  private static int upTo(int most, int[] part) {
    int low = 0;
    int high = part.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (part[middle] <= most) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
