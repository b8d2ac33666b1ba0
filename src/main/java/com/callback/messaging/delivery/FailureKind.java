package com.callback.messaging.delivery;

/** What a failure means for a delivery. */
public enum FailureKind {
  /** May work later. */
  TEMPORARY,
  /** Will never work. */
  PERMANENT,
  /** The request may have arrived: nobody knows. */
  UNKNOWN
}
