package com.callback.messaging.operation.caller;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * An API key that is valid.
 *
 * @param prefix how it begins: people tell keys apart by it
 * @param scopes what it may do
 */
record ApiKey(UUID id, UUID businessId, String prefix, Set<String> scopes) {

  /** The key in a row of {@code find-api-key.sql}. */
  static ApiKey of(Map<String, Object> row) {
    return new ApiKey(
        (UUID) row.get("id"),
        (UUID) row.get("business_id"),
        (String) row.get("prefix"),
        Set.of(((String) row.get("scopes")).split(",")));
  }
}
