package com.callback.messaging.intake;

import java.util.Map;

/**
 * What a visitor is told once the message is on disk.
 *
 * @param status 202, or 303 for a browser that waits for a page
 * @param location the message, or the thank-you page
 * @param body id, status and createdAt
 * @param channels the channels that have something to do now, with commas between them; null for
 *     none
 */
public record Receipt(int status, String location, Map<String, String> body, String channels) {}
