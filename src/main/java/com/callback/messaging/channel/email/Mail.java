package com.callback.messaging.channel.email;

/**
 * A mail ready to be sent; every header is one line of ASCII.
 *
 * @param replyTo the lead, where it left an address; otherwise null
 * @param messageId the same on every attempt
 */
public record Mail(
    String from,
    String to,
    String replyTo,
    String subject,
    String messageId,
    String text,
    String html) {}
