package com.callback.messaging.operation.contract;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may call an operation.
 *
 * @param kinds of credentials that a caller may have: names of the contract's security schemes;
 *     empty where nobody needs to
 * @param scopes what they must be allowed to do, all of it
 */
public record AccessRule(Set<String> kinds, Set<String> scopes) {

  public AccessRule {
    kinds = Collections.unmodifiableSet(new TreeSet<>(kinds));
    scopes = Collections.unmodifiableSet(new TreeSet<>(scopes));
  }
}
