package com.callback.messaging.tenancy;

import java.util.UUID;

/** Whoever calls the API, known by a key of their business. */
public record Caller(UUID businessId) {}
