package com.callback.messaging.inbox.lead;

import java.util.Map;

/**
 * What came of a change of leads.
 *
 * @param count how many were changed
 * @param isAssigneeKnown whether whoever is to have them can have leads; true where nobody is to
 * @param others those that were not changed, and how they are, as JSON
 */
record ChangedLeads(long count, boolean isAssigneeKnown, String others) {

  /** The outcome in the row of {@code change-leads.sql} and its like. */
  static ChangedLeads of(Map<String, Object> row) {
    return new ChangedLeads(
        ((Number) row.get("changed")).longValue(),
        Boolean.TRUE.equals(row.get("assignee_known")),
        (String) row.get("others"));
  }
}
