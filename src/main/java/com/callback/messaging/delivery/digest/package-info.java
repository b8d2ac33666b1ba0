/** Summaries per business and period. Must not know how they travel. */
package com.callback.messaging.delivery.digest;
