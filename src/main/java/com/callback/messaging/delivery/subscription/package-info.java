/**
 * Webhook subscriptions as a business keeps them: what may be asked for, secrets that change over,
 * and what is held. Must not know how a call is made.
 */
package com.callback.messaging.delivery.subscription;
