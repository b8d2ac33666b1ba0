package com.callback.messaging.delivery.channel.webhook;

/** One half of a webhook secret: what makes signatures, what recognises them, or both. */
interface SigningKey {

  /** Returns the signature of the content as it stands in the header, such as {@code v1,K5oZ…}. */
  String sign(byte[] content);

  /**
   * Whether one entry of the signature header belongs to the content; false for any other entry.
   */
  boolean matches(String signature, byte[] content);
}
