package com.callback.messaging.delivery.subscription;

import com.callback.messaging.delivery.channel.webhook.WebhookBody;
import com.callback.messaging.delivery.engine.Deliveries;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Renders the bodies of calls, so that none is kept beside what it tells of. */
@Component
class BodyPreview {

  private final Deliveries deliveries;
  private final WebhookBody bodies;

  BodyPreview(Deliveries deliveries, WebhookBody bodies) {
    this.deliveries = deliveries;
    this.bodies = bodies;
  }

  /** The body that a delivery is sent with; null where what it tells of is gone. */
  Map<String, Object> of(Map<?, ?> row) {
    try {
      return bodies.of(deliveries.of(row));
    } catch (NeverDeliverableException e) {
      // There is nothing left to send: that is for its own attempt to say.
      return null;
    }
  }
}
