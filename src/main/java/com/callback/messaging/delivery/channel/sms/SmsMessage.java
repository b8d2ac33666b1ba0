package com.callback.messaging.delivery.channel.sms;

import com.callback.messaging.delivery.engine.Attempt;
import com.callback.messaging.delivery.engine.Delivery;

/**
 * A short message that is written and not yet sent.
 *
 * @param country of its number, by which it is priced; null where nobody knows
 */
record SmsMessage(Attempt attempt, String text, SmsSize size, String country) {

  Delivery delivery() {
    return attempt.delivery();
  }

  boolean isUrgent() {
    var lead = delivery().message();
    return lead != null
        && (delivery().cause().equals("lead") || delivery().cause().equals("notification"))
        && lead.path("priority").asText().equals("urgent");
  }
}
