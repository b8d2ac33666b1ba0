package com.callback.messaging.operation.caller;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** What a member of a business may do: each role all of what the one before may. */
public enum Role {
  VIEWER(
      Set.of(
              "messages:read",
              "deliveries:read",
              "webhooks:read",
              "funnels:read",
              "settings:read",
              "members:read")
          ::contains),
  AGENT(
      scope ->
          VIEWER.may.test(scope)
              || Set.of("messages:write", "messages:export", "deliveries:write").contains(scope)),
  OWNER(scope -> true);

  private final Predicate<String> may;

  Role(Predicate<String> may) {
    this.may = may;
  }

  /** The role that the database calls so. */
  static Role of(String name) {
    return Arrays.stream(values())
        .filter(role -> role.toString().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no role " + name));
  }

  /** As the API and the database write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean may(Set<String> scopes) {
    return scopes.stream().allMatch(may);
  }
}
