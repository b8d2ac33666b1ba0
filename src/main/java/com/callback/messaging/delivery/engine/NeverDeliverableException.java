package com.callback.messaging.delivery.engine;

/**
 * A delivery that no further attempt can bring about; the message says why, for the owner to read.
 */
public class NeverDeliverableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NeverDeliverableException(String reason) {
    super(reason);
  }
}
