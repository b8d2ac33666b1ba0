package com.callback.messaging.identity;

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
