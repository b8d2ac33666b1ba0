package com.callback.messaging.operation.caller;

import java.util.UUID;

/**
 * What came along with a request to say who calls. Not checked yet.
 *
 * @param secret the key, the token, or what the cookie holds
 * @param business that the caller wants to act for; null where they did not say
 */
public record Credential(CredentialKind kind, String secret, UUID business) {

  /** The kind only, because logs and messages must not contain the secret. */
  @Override
  public String toString() {
    return kind.scheme();
  }
}
