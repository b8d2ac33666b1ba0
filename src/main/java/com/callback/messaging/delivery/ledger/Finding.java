package com.callback.messaging.delivery.ledger;

import java.util.UUID;

/**
 * Something owed that does not have its deliveries, or has more than are owed. It names rows, never
 * what stands in them.
 *
 * @param cause {@code lead} or {@code event}
 * @param messageId the lead; null for an event
 * @param eventId the entry of {@code message_events} by which it was found
 * @param accepted how many deliveries are owed, as written with the lead or event
 * @param found how many there are, in whichever state
 */
record Finding(
    String cause, UUID businessId, UUID messageId, long eventId, long accepted, long found) {

  long difference() {
    return Math.abs(accepted - found);
  }
}
