package com.callback.messaging.delivery.engine;

import java.util.Locale;

/** What a failed attempt says about the next one; {@link RetryPolicy} decides it. */
public enum FailureKind {
  /** It did not arrive and may next time. */
  TEMPORARY,
  /** The same request will never be accepted. */
  PERMANENT,
  /** Nothing is to be sent there any more. */
  GONE,
  /** It may have arrived: whether to send again depends on what a double costs. */
  UNKNOWN;

  /** The outcome of the attempt, as it is recorded. */
  String outcome() {
    return this == GONE ? PERMANENT.outcome() : name().toLowerCase(Locale.ROOT);
  }
}
