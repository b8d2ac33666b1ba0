package com.callback.messaging.people.signin;

/**
 * A session that is about to begin.
 *
 * @param value what the cookie holds, and nobody else
 * @param hash what is kept of it
 */
public record NewSession(String value, byte[] hash) {

  /** Never the value. */
  @Override
  public String toString() {
    return "NewSession";
  }
}
