package com.callback.messaging.delivery.engine;

/**
 * An attempt that failed, by the one who knows what that means; the message says why, for the owner
 * to read. {@link NeverDeliverableException} says the same of what is permanent.
 */
public class AttemptFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final FailureKind kind;

  public AttemptFailedException(FailureKind kind, String reason) {
    super(reason);
    this.kind = kind;
  }

  /** What it means for the next attempt. */
  FailureKind kind() {
    return kind;
  }
}
