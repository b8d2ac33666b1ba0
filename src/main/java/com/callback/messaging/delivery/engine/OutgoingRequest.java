package com.callback.messaging.delivery.engine;

import java.util.Map;

/**
 * A request that is ready to be made.
 *
 * @param headers all that it carries by name, besides those of HTTP itself
 * @param body the exact bytes that are sent
 */
public record OutgoingRequest(String url, Map<String, String> headers, byte[] body) {}
