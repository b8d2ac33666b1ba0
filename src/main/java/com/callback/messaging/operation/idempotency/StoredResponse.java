package com.callback.messaging.operation.idempotency;

/**
 * An answer, as it is given and kept.
 *
 * @param status the HTTP status, 200 to 299
 * @param location where what was made is found; null where nothing is
 * @param body JSON
 * @param replayed whether an earlier request was answered so
 */
public record StoredResponse(int status, String location, String body, boolean replayed) {}
