/** Writes and signs webhook calls. Must not know how they travel. */
package com.callback.messaging.delivery.channel.webhook;
