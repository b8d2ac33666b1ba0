package com.callback.messaging.platform.secrets;

/** A sealed text that none of the configured keys opens. */
public class UnknownKeyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnknownKeyException() {
    super(
        "A secret was sealed with another key: put that one into MESSAGING_SECRETS_PREVIOUS_KEYS",
        null,
        false,
        false);
  }
}
