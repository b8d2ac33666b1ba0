package com.callback.messaging.delivery.engine;

/** Reads the body of a response with a 2xx, in which a provider may still refuse a message. */
@FunctionalInterface
public interface ProviderResponse {

  /**
   * The provider's own reference of the message, or null if it gave none.
   *
   * @throws NeverDeliverableException if it refused the message
   * @throws Exception if the body cannot be read; its type says what that means
   */
  String reference(byte[] body) throws Exception;
}
