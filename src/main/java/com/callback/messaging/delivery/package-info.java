/**
 * How a business is reached: deliveries and attempts, channels, webhook subscriptions, fallbacks,
 * digests. Knows how leads came in.
 */
package com.callback.messaging.delivery;
