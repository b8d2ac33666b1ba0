/**
 * Whether the books balance, and what has not arrived: as metrics, in health, and in the log. Must
 * not change anything.
 */
package com.callback.messaging.delivery.ledger;
