/** Canaries: leads of the service itself, by which it sees that real ones arrive. */
package com.callback.messaging.delivery.canary;
