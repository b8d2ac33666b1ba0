package com.callback.messaging.inbox.stream;

import java.util.Map;

/**
 * What has happened to a lead.
 *
 * @param frame what is sent of it; null for an event that is not sent to streams
 * @param changesCounts whether leads may have to be counted again
 */
record Event(Position at, Frame frame, boolean changesCounts) {

  /** The event in a row of {@code list-new-events.sql}. */
  static Event of(Map<String, Object> row) {
    var at =
        new Position(((Number) row.get("tx")).longValue(), ((Number) row.get("id")).longValue());
    var name = (String) row.get("name");
    return name == null
        ? new Event(at, null, false)
        : new Event(
            at, Frame.event(at, name, (String) row.get("data")), !name.equals("delivery.updated"));
  }
}
