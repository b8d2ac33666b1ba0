package com.callback.messaging.delivery.channel.webhook;

import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import com.callback.messaging.delivery.engine.RefusedBySettingsException;
import com.callback.messaging.delivery.outbound.WebhookUrl;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Writes the call that tells a subscription of an event. */
@Component
public class WebhookWriter {

  private final WebhookBody bodies;
  private final WebhookSigner signer;
  private final WebhookUrl urls;
  private final CustomHeaders customHeaders;
  private final WebhookSecrets kept;
  private final ObjectMapper json;
  private final Clock clock;

  WebhookWriter(
      WebhookBody bodies,
      WebhookSigner signer,
      WebhookUrl urls,
      CustomHeaders customHeaders,
      WebhookSecrets kept,
      ObjectMapper json,
      Clock clock) {
    this.bodies = bodies;
    this.signer = signer;
    this.urls = urls;
    this.customHeaders = customHeaders;
    this.kept = kept;
    this.json = json;
    this.clock = clock;
  }

  /** The call, signed now. */
  public WebhookCall write(Delivery delivery) throws JsonProcessingException {
    var target = delivery.target();
    if (target == null) {
      throw new NeverDeliverableException("The webhook subscription was deleted.");
    }
    var id = delivery.id().toString();
    var body = json.writeValueAsBytes(bodies.of(delivery));
    var timestamp = clock.instant().getEpochSecond();
    return new WebhookCall(
        url(target),
        id,
        timestamp,
        signer.sign(id, timestamp, body, secrets(delivery)),
        headers(delivery),
        body);
  }

  private String url(JsonNode target) {
    try {
      return urls.toSend(target.path("url").asText());
    } catch (RefusedBySettingsException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new NeverDeliverableException(
          "The webhook subscription's URL cannot be called. " + e.getMessage());
    }
  }

  private Map<String, String> headers(Delivery delivery) {
    var headers = new LinkedHashMap<String, String>();
    delivery
        .target()
        .path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), opened(delivery, header.getValue())));
    var wrong = customHeaders.check(headers);
    if (!wrong.isEmpty()) {
      throw new NeverDeliverableException(
          "The webhook subscription's headers cannot be sent. " + wrong.get(0).detail());
    }
    return headers;
  }

  private String opened(Delivery delivery, JsonNode sealed) {
    return sealed.isTextual()
        ? kept.opened(delivery.businessId().toString(), sealed.textValue())
        : null;
  }

  private List<String> secrets(Delivery delivery) {
    var secrets = new ArrayList<String>();
    delivery.target().path("secrets").forEach(secret -> secrets.add(opened(delivery, secret)));
    if (secrets.isEmpty()) {
      throw new NeverDeliverableException("The webhook subscription has no signing secret.");
    }
    return secrets;
  }
}
