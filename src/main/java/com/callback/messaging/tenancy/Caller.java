package com.callback.messaging.tenancy;

import java.util.UUID;

/**
 * Whoever calls the API, known by a key of their business.
 *
 * @param name what a business knows the caller by, where it asks who did something
 */
public record Caller(UUID businessId, String name) {}
