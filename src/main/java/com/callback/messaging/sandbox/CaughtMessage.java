package com.callback.messaging.sandbox;

/**
 * Something that would have left the house.
 *
 * @param subject of a mail; otherwise null
 * @param body the text of a mail or SMS; the exact body of a webhook call
 * @param html the HTML part of a mail; otherwise null
 * @param headers compact JSON of an object of strings
 */
public record CaughtMessage(
    String channel, String to, String subject, String body, String html, String headers) {}
