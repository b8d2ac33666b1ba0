package com.callback.messaging.people.member;

import java.util.Map;

/**
 * What a change of a member must know of the owners of the business.
 *
 * @param isCallerOwner whether the caller is an owner still
 * @param isOwner whether the member that is to be changed is an owner
 * @param otherOwners how many owners there are beside that member
 */
record LockedMembers(boolean isCallerOwner, boolean isOwner, long otherOwners) {

  /** The members in the row of {@code lock-members.sql}. */
  static LockedMembers of(Map<String, Object> row) {
    return new LockedMembers(
        Boolean.TRUE.equals(row.get("allowed")),
        Boolean.TRUE.equals(row.get("owner")),
        ((Number) row.get("others")).longValue());
  }
}
