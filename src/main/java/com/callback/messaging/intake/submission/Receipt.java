package com.callback.messaging.intake.submission;

/**
 * What a visitor is told once the message is on disk.
 *
 * @param status 202, or 303 for a browser that waits for a page
 * @param location the message, or the thank-you page
 * @param replayed whether an earlier request with the same {@code Idempotency-Key} was answered so
 * @param body JSON: id, status and createdAt
 */
public record Receipt(int status, String location, boolean replayed, byte[] body) {}
