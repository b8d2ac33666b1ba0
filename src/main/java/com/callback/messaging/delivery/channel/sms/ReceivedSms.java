package com.callback.messaging.delivery.channel.sms;

import java.util.Objects;
import java.util.UUID;

/**
 * An SMS that a provider has received for us: what the route {@code receive-reply} takes in its
 * variable {@code received}.
 *
 * @param from the sender's number, as the provider writes it
 * @param to the number it was sent to, or a name of the provider for a shared one; null where the
 *     provider does not say
 * @param text as it was received
 * @param id what the provider knows it by, the same when it is posted again; up to 200 characters
 * @param delivery the SMS that it answers, where the provider gives back our reference; otherwise
 *     null
 */
public record ReceivedSms(String from, String to, String text, String id, UUID delivery) {

  public ReceivedSms {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(id, "id");
  }
}
