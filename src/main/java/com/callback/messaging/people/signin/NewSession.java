package com.callback.messaging.people.signin;

/**
 * A session that is about to begin.
 *
 * @param value what the cookie holds, and nobody else
 * @param hash what is kept of it
 * @param device by which its person recognizes it, such as "Chrome on Android"
 */
public record NewSession(String value, byte[] hash, String device) {

  /** Never the value. */
  @Override
  public String toString() {
    return "NewSession";
  }
}
