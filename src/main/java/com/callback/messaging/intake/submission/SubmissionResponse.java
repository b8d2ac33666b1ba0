package com.callback.messaging.intake.submission;

/**
 * The response to a submission whose lead is stored.
 *
 * @param status 202, or 303 for a browser that waits for a page
 * @param location the message, or the thank-you page
 * @param replayed whether an earlier request with the same {@code Idempotency-Key} was answered so
 * @param body JSON: id, status and createdAt
 */
public record SubmissionResponse(int status, String location, boolean replayed, byte[] body) {}
