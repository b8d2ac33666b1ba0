/**
 * What every call of the API goes through: the contract, who calls, idempotency, and the answer.
 * Knows only the platform.
 */
package com.callback.messaging.operation;
