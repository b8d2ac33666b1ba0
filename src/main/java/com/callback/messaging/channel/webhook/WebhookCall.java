package com.callback.messaging.channel.webhook;

/**
 * A call ready to be made.
 *
 * @param body the exact bytes that are signed and sent
 */
public record WebhookCall(String url, String id, long timestamp, String signature, byte[] body) {}
