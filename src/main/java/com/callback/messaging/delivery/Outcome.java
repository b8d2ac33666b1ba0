package com.callback.messaging.delivery;

import java.time.OffsetDateTime;

/**
 * What a delivery becomes after an attempt. Times are in UTC, in the type that JDBC takes.
 *
 * @param state pending, sent, delivered or failed
 * @param nextAttemptAt when it is tried again; null unless pending
 * @param endedAt when it ended; null while pending
 * @param error what went wrong, for the owner to read; null when nothing did
 * @param unknown whether nobody knows if the far end has it
 */
public record Outcome(
    String state,
    OffsetDateTime nextAttemptAt,
    OffsetDateTime endedAt,
    String providerRef,
    String error,
    boolean unknown) {}
