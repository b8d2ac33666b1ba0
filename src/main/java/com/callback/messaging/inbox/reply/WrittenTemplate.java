package com.callback.messaging.inbox.reply;

import java.util.Map;

/**
 * What came of writing a template.
 *
 * @param id null where it was not written
 * @param isNameTaken whether another template of the channel has the name
 * @param isFull whether there is no room for one more
 */
record WrittenTemplate(String id, boolean isNameTaken, boolean isFull) {

  /** The outcome in a row of {@code add-template.sql} or {@code change-template.sql}. */
  static WrittenTemplate of(Map<String, Object> row) {
    return new WrittenTemplate(
        (String) row.get("id"),
        Boolean.TRUE.equals(row.get("is_taken")),
        Boolean.TRUE.equals(row.get("is_full")));
  }
}
