/**
 * Compares the deliveries that leads should have with those that exist, and counts what has not
 * arrived: as metrics, in health, and in the log. Must not change anything.
 */
package com.callback.messaging.delivery.ledger;
