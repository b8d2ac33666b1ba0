package com.callback.messaging.delivery.engine;

import java.time.OffsetDateTime;

/**
 * What a delivery becomes after an attempt. Times are in UTC, in the type that JDBC takes.
 *
 * @param state pending, sent, delivered, unknown or failed
 * @param nextAttemptAt when it is tried again; null unless pending
 * @param endedAt when it ended; null while pending
 * @param error what went wrong, for the owner to read; null when nothing did
 * @param unknown whether nobody knows if the far end has it
 * @param receiptDueAt until when a receipt may tell; null unless unknown
 * @param gone whether the far end said that nothing is to be sent there any more
 */
public record Outcome(
    String state,
    OffsetDateTime nextAttemptAt,
    OffsetDateTime endedAt,
    String providerRef,
    String error,
    boolean unknown,
    OffsetDateTime receiptDueAt,
    boolean gone) {

  static Outcome accepted(String state, OffsetDateTime at, String providerRef) {
    return new Outcome(state, null, at, providerRef, null, false, null, false);
  }

  static Outcome failed(OffsetDateTime at, String error) {
    return new Outcome("failed", null, at, null, error, false, null, false);
  }

  static Outcome gone(OffsetDateTime at, String error) {
    return new Outcome("failed", null, at, null, error, false, null, true);
  }

  static Outcome later(OffsetDateTime at, String error) {
    return new Outcome("pending", at, null, null, error, false, null, false);
  }

  static Outcome unknown(OffsetDateTime at, String error, OffsetDateTime receiptDueAt) {
    return new Outcome("unknown", null, at, null, error, true, receiptDueAt, false);
  }
}
