package com.callback.messaging.inbox.analytics;

/**
 * Days of a business, by its own calendar.
 *
 * @param from the first, such as 2026-11-01
 * @param to the last
 */
public record Period(String from, String to) {}
