package com.callback.messaging.delivery.receipt;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * One report of a provider about one delivery. Its delivery is found by its id or, where the report
 * names none that exists, by the provider's reference. The fields are those that {@code
 * record_receipts} reads.
 *
 * @param deliveryId null if the report does not name it
 * @param channel the delivery must be one of this channel
 * @param provider such as {@code sendgrid}; also stands for its further accounts, {@code
 *     sendgrid-standby}
 * @param providerRef the provider's reference of the message; null if the report has none
 * @param attempt which attempt the report is about, from 1; null for the latest one
 * @param event {@link ReceiptEvent#text()}
 * @param eventId the provider's id of the report, the same whenever it is repeated; 1 to 200 bytes
 * @param detail what the provider says, for the business to read; null if nothing; cut after 1,000
 *     characters
 * @param address the recipient that {@code suppression} is about; null without one
 * @param suppression why the address must not be written to again: {@code bounced}, {@code
 *     complained} or {@code unsubscribed}; null if it may
 */
public record DeliveryReceipt(
    UUID deliveryId,
    String channel,
    String provider,
    String providerRef,
    Integer attempt,
    String event,
    String eventId,
    Instant occurredAt,
    String detail,
    String address,
    String suppression) {

  private static final int LONGEST_DETAIL = 1_000;
  private static final int LONGEST_ID = 200;

  /** Cuts what a provider may make longer than the database takes. */
  public DeliveryReceipt {
    providerRef = storable(providerRef);
    eventId = storable(eventId);
    detail = cut(storable(detail), LONGEST_DETAIL);
    address = storable(address);
    var length = eventId == null ? 0 : eventId.getBytes(StandardCharsets.UTF_8).length;
    if (length < 1 || length > LONGEST_ID) {
      throw new IllegalArgumentException("The id of an event has 1 to 200 bytes, not " + length);
    }
  }

  /** PostgreSQL cannot store NUL. */
  private static String storable(String text) {
    return text == null ? null : text.replace("\u0000", "");
  }

  private static String cut(String text, int most) {
    return text == null || text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most));
  }
}
