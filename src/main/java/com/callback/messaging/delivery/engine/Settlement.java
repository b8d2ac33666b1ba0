package com.callback.messaging.delivery.engine;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * What became of one claim, as it is recorded; the fields are those that {@code
 * settle-deliveries.sql} reads.
 */
public record Settlement(
    UUID id,
    UUID businessId,
    String cause,
    String channel,
    UUID lane,
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
    List<Calls.Call> calls) {

  static Settlement of(
      Delivery delivery, Outcome outcome, String provider, List<Calls.Call> calls) {
    return new Settlement(
        delivery.id(),
        delivery.businessId(),
        delivery.cause(),
        delivery.channel(),
        delivery.lane(),
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
        List.copyOf(calls));
  }

  /** PostgreSQL cannot store NUL, which a provider may well send. */
  private static String storable(String text) {
    return text == null ? null : text.replace("\u0000", "");
  }
}
