package com.callback.messaging.inbox.export;

import java.util.Map;
import java.util.UUID;

/**
 * A lead of an export.
 *
 * @param moment behind which the next page begins, as PostgreSQL reads it
 * @param zone the time zone of its business; null where none is known
 */
record ExportedLead(UUID id, String moment, String zone, String json) {

  /** The lead in a row of {@code export-messages.sql}. */
  static ExportedLead of(Map<String, Object> row) {
    return new ExportedLead(
        (UUID) row.get("id"),
        (String) row.get("moment"),
        (String) row.get("zone"),
        (String) row.get("lead"));
  }
}
