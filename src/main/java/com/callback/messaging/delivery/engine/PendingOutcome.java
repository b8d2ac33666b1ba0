package com.callback.messaging.delivery.engine;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * The outcome of one claimed delivery, which is to be recorded; the fields are those that {@code
 * record-outcomes.sql} reads.
 */
public record PendingOutcome(
    UUID id,
    UUID businessId,
    String cause,
    String channel,
    UUID queueId,
    int attempt,
    String leasedBy,
    String recipient,
    String state,
    OffsetDateTime nextAttemptAt,
    OffsetDateTime endedAt,
    OffsetDateTime receiptDueAt,
    String provider,
    String providerRef,
    String error,
    boolean unknown,
    boolean gone,
    List<RequestRecord> requests) {

  static PendingOutcome of(
      Delivery delivery, Outcome outcome, String provider, List<RequestRecord> requests) {
    return new PendingOutcome(
        delivery.id(),
        delivery.businessId(),
        delivery.cause(),
        delivery.channel(),
        delivery.queueId(),
        delivery.attempt(),
        delivery.leasedBy(),
        delivery.recipient(),
        outcome.state(),
        outcome.nextAttemptAt(),
        outcome.endedAt(),
        outcome.receiptDueAt(),
        provider,
        storable(outcome.providerRef()),
        storable(outcome.error()),
        outcome.unknown(),
        outcome.gone(),
        List.copyOf(requests));
  }

  /** PostgreSQL cannot store NUL, which a provider may well send. */
  private static String storable(String text) {
    return text == null ? null : text.replace("\u0000", "");
  }
}
