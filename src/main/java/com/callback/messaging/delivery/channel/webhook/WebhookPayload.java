package com.callback.messaging.delivery.channel.webhook;

import com.callback.messaging.delivery.channel.webhook.PayloadTemplate.NoPayloadException;
import com.callback.messaging.delivery.engine.AttemptFailedException;
import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.delivery.engine.FailureKind;
import org.springframework.stereotype.Component;

/** What a request carries: the event, or what the subscription's template makes of it. */
@Component
public class WebhookPayload {

  private final WebhookBody bodies;
  private final PayloadTemplates templates;

  WebhookPayload(WebhookBody bodies, PayloadTemplates templates) {
    this.bodies = bodies;
    this.templates = templates;
  }

  /**
   * The payload, as it is written as JSON.
   *
   * @throws com.callback.messaging.delivery.engine.NeverDeliverableException when what it would
   *     tell of is gone
   * @throws AttemptFailedException when the template makes no payload of it; once it is changed,
   *     the delivery is sent
   */
  public Object of(Delivery delivery) {
    var body = bodies.of(delivery);
    var template = delivery.setting("payloadTemplate");
    if (template == null) {
      return body;
    }
    try {
      return templates.fill(template, delivery.id().toString(), body);
    } catch (NoPayloadException e) {
      throw new AttemptFailedException(
          FailureKind.TEMPORARY,
          "What the payload template makes of this event %s. Change the template; the delivery is tried again."
              .formatted(e.getMessage()));
    }
  }
}
