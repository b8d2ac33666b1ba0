package com.callback.messaging.operation.caller;

import java.util.UUID;

/**
 * A person whose identity has been checked, whatever they may do.
 *
 * @param email null where none is known
 */
public record Person(UUID id, String email) {

  /** What others know them by. */
  public String name() {
    return email == null || email.isBlank() ? "Person " + id : email;
  }
}
