package com.callback.messaging.delivery;

import java.time.Instant;

/**
 * What a delivery becomes after an attempt.
 *
 * @param state pending, sent, delivered or failed
 * @param nextAttemptAt when it is tried again; null unless pending
 * @param endedAt when it ended; null while pending
 * @param error what went wrong, for the owner to read; null when nothing did
 * @param unknown whether nobody knows if the far end has it
 */
public record Outcome(
    String state,
    Instant nextAttemptAt,
    Instant endedAt,
    String providerRef,
    String error,
    boolean unknown) {}
