/**
 * Compares the deliveries that leads should have with the deliveries that exist, and counts those
 * that have not arrived: as metrics, in health, and in the log. Must not change anything.
 */
package com.callback.messaging.delivery.ledger;
