package com.callback.messaging.operation.caller;

import java.util.Map;
import java.util.UUID;

/**
 * What a person is in a business.
 *
 * @param businessId null for a person who is a member of no business
 * @param business its name
 * @param roleName as it is stored, also where a newer version of the service has more roles; null
 *     where there is no business
 */
public record Membership(Person person, UUID businessId, String business, String roleName) {

  /** The membership in a row of {@code find-businesses.sql}. */
  public static Membership of(Map<String, Object> row) {
    return new Membership(
        new Person((UUID) row.get("person_id"), (String) row.get("email")),
        (UUID) row.get("business_id"),
        (String) row.get("business"),
        (String) row.get("role"));
  }

  /** What the person may do there. */
  public Role role() {
    return Role.of(roleName);
  }

  /** Whether there is a business. */
  public boolean isOfABusiness() {
    return businessId != null;
  }
}
