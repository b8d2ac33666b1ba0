package com.callback.messaging.delivery.channel.sms;

/**
 * What a text takes as an SMS. An estimate: what the provider reports, and bills, wins.
 *
 * @param units septets in GSM-7, UTF-16 code units in UCS-2
 * @param parts messages on the air, each billed; 0 for an empty text, which must not be sent
 */
public record SmsSize(SmsEncoding encoding, int units, int parts) {}
