package com.callback.messaging.inbox.lead;

import java.util.Map;

/**
 * The result of a change of leads.
 *
 * @param count how many were changed
 * @param isAssigneeKnown whether the new assignee may have leads; true where the change names none
 * @param others the leads that were not changed, with their state, as JSON
 * @param undoId by which the change can be undone; null where it cannot
 */
record ChangedLeads(long count, boolean isAssigneeKnown, String others, String undoId) {

  /** The outcome in the row of {@code change-leads.sql} and its like. */
  static ChangedLeads of(Map<String, Object> row) {
    return new ChangedLeads(
        ((Number) row.get("changed")).longValue(),
        Boolean.TRUE.equals(row.get("assignee_known")),
        (String) row.get("others"),
        (String) row.get("undo_id"));
  }
}
