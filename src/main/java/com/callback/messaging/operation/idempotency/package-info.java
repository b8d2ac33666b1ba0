/**
 * Gives a request that comes again the answer that it was given the first time. Must not know what
 * any operation does.
 */
package com.callback.messaging.operation.idempotency;
