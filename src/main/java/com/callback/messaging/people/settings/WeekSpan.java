package com.callback.messaging.people.settings;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A span of time in a week, in minutes since Monday midnight.
 *
 * @param from 0 or more, less than a week
 * @param until greater than {@code from}; past the week where the span runs into Monday
 */
record WeekSpan(int from, int until) {

  static final int DAY = 1_440;
  static final int WEEK = 7 * DAY;

  /**
   * The span of a weekday between two times; an end that is no later than the beginning is on the
   * next day.
   *
   * @param weekday 1 for Monday to 7
   */
  static WeekSpan of(int weekday, JsonNode begins, JsonNode ends) {
    var from = minutes(begins);
    var until = minutes(ends);
    var midnight = (weekday - 1) * DAY;
    return new WeekSpan(midnight + from, midnight + (until <= from ? until + DAY : until));
  }

  /** Whether both have a minute in common, also around the end of the week. */
  boolean overlaps(WeekSpan other) {
    return meets(other, 0) || meets(other, WEEK) || meets(other, -WEEK);
  }

  /** Whether it holds a minute of the week. */
  boolean holds(int minute) {
    return from <= minute && minute < until || minute + WEEK < until;
  }

  private boolean meets(WeekSpan other, int shift) {
    return from < other.until + shift && other.from + shift < until;
  }

  private static int minutes(JsonNode time) {
    var parts = time.asText().split(":");
    return Integer.parseInt(parts[0]) * 60 + Integer.parseInt(parts[1]);
  }
}
