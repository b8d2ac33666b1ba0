package com.callback.messaging.delivery.channel.sms;

import com.callback.messaging.delivery.receipt.DeliveryReceipt;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What an SMS provider reported in one request.
 *
 * @param consents opt-outs and opt-ins; they are no replies
 */
public record SmsReport(
    String provider,
    List<DeliveryReceipt> receipts,
    List<Consent> consents,
    List<ReceivedSms> replies) {

  /**
   * Somebody wants no more SMS, or wants them again.
   *
   * @param number in E.164
   * @param deliveryId the SMS that they answered; null where the report does not name it
   * @param wantsSms false for an opt-out
   */
  public record Consent(String number, UUID deliveryId, boolean wantsSms, Instant at) {}
}
