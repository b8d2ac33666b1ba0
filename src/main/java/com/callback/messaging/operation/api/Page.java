package com.callback.messaging.operation.api;

/**
 * Where a page of a list begins, newest first: behind the row with this moment and id.
 *
 * @param moment as PostgreSQL reads it; {@code infinity} for the first page
 * @param id a UUID, which tells rows of one moment apart
 * @param limit how many rows a page has at most
 */
public record Page(String moment, String id, long limit) {}
