package com.callback.messaging.delivery.engine;

/** What a failed attempt says about the next one. */
public enum FailureKind {
  /** It did not arrive and may next time. */
  TEMPORARY,
  /** The same request will never be taken. */
  PERMANENT,
  /** It may have arrived: whether to send again depends on what a double costs. */
  UNKNOWN
}
