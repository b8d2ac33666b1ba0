package com.callback.messaging.delivery.channel.webhook;

import java.util.Map;

/**
 * A call ready to be made.
 *
 * @param headers what the subscription's owner wants sent along, by name
 * @param body the exact bytes that are signed and sent
 */
public record WebhookCall(
    String url,
    String id,
    long timestamp,
    String signature,
    Map<String, String> headers,
    byte[] body) {}
