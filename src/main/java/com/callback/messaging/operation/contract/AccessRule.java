package com.callback.messaging.operation.contract;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may call an operation.
 *
 * @param ways by which a caller may say who they are: names of the contract's security schemes;
 *     empty where nobody needs to
 * @param scopes what they must be allowed to do, all of it
 */
public record AccessRule(Set<String> ways, Set<String> scopes) {

  public AccessRule {
    ways = Collections.unmodifiableSet(new TreeSet<>(ways));
    scopes = Collections.unmodifiableSet(new TreeSet<>(scopes));
  }
}
