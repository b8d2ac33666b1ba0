package com.callback.messaging.operation.caller;

import java.util.UUID;

/**
 * Whoever calls the API, and the one business that they act for.
 *
 * @param name what the business knows the caller by, where it asks who did something
 * @param kind how they said who they are
 * @param id of the person or of the API key; for an address that is no member's, always the same
 * @param role in the business; null for a key, whose scopes say what it may do, and for an address
 *     that is no member's
 */
public record Caller(UUID businessId, String name, CredentialKind kind, UUID id, Role role) {

  /** Whether this is a person whom the business knows by name, not a machine or a mailbox. */
  public boolean isPerson() {
    return role != null;
  }

  /** Whether this is an owner of the business. */
  public boolean isOwner() {
    return role == Role.OWNER;
  }

  /**
   * The identity under which the database decides what they see, as JSON of JWT claims: a key
   * stands for its business, a person for themselves. An address that is no member's may do what a
   * key may; the audit log tells the two apart by its kind.
   */
  String claims() {
    return isPerson()
        ? "{\"sub\":\"%s\",\"role\":\"authenticated\",\"business\":\"%s\"}"
            .formatted(id, businessId)
        : "{\"sub\":\"%s\",\"role\":\"authenticated\",\"role_in_app\":\"key\",\"by\":\"%s\",\"business\":\"%s\"}"
            .formatted(businessId, kind.scheme(), businessId);
  }
}
