package com.callback.messaging.delivery.engine;

import java.time.Instant;

/**
 * One request of an attempt; its fields are the columns of {@code delivery_attempts}, and one more.
 *
 * @param durationMs how long it took, in milliseconds
 * @param outcome {@code accepted}, or the {@link FailureKind} in lower case
 * @param statusCode of the response; null without one
 * @param answer the text of the response, at most {@link RequestRecorder#RESPONSE_LIMIT} bytes of
 *     it; null without one
 * @param error what went wrong, as a sentence; null where the request was accepted
 * @param connected whether a connection came about
 */
public record RequestRecord(
    Instant startedAt,
    long durationMs,
    String outcome,
    Integer statusCode,
    String answer,
    String error,
    boolean connected) {}
