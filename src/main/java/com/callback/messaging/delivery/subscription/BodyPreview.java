package com.callback.messaging.delivery.subscription;

import com.callback.messaging.delivery.channel.webhook.WebhookPayload;
import com.callback.messaging.delivery.engine.AttemptFailedException;
import com.callback.messaging.delivery.engine.Deliveries;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Renders the bodies of calls, so that none is kept beside what it tells of. */
@Component
class BodyPreview {

  private final Deliveries deliveries;
  private final WebhookPayload payloads;

  BodyPreview(Deliveries deliveries, WebhookPayload payloads) {
    this.deliveries = deliveries;
    this.payloads = payloads;
  }

  /**
   * The body that a delivery is sent with; null where what it tells of is gone, or the
   * subscription's template makes none of it.
   */
  Object of(Map<?, ?> row) {
    try {
      return payloads.of(deliveries.of(row));
    } catch (NeverDeliverableException | AttemptFailedException e) {
      // There is nothing to send: that is for its own attempt to say.
      return null;
    }
  }
}
