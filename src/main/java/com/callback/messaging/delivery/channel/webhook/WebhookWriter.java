package com.callback.messaging.delivery.channel.webhook;

import com.callback.messaging.delivery.engine.Attempt;
import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import com.callback.messaging.delivery.engine.OutgoingRequest;
import com.callback.messaging.delivery.engine.RefusedBySettingsException;
import com.callback.messaging.delivery.engine.RequestAuthorization;
import com.callback.messaging.delivery.outbound.WebhookUrl;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Writes the requests that tell subscriptions of events. */
@Component
public class WebhookWriter {

  private final WebhookPayload payloads;
  private final WebhookSigner signer;
  private final WebhookUrl urls;
  private final CustomHeaders customHeaders;
  private final WebhookSecrets secretsOfSubscriptions;
  private final AccessTokens tokens;
  private final ObjectMapper json;
  private final Clock clock;

  WebhookWriter(
      WebhookPayload payloads,
      WebhookSigner signer,
      WebhookUrl urls,
      CustomHeaders customHeaders,
      WebhookSecrets secretsOfSubscriptions,
      AccessTokens tokens,
      ObjectMapper json,
      Clock clock) {
    this.payloads = payloads;
    this.signer = signer;
    this.urls = urls;
    this.customHeaders = customHeaders;
    this.secretsOfSubscriptions = secretsOfSubscriptions;
    this.tokens = tokens;
    this.json = json;
    this.clock = clock;
  }

  /** Writes the requests of a batch, signed now. What goes to one subscription is prepared once. */
  public void writeAll(List<Attempt> batch) {
    var receivers = new HashMap<UUID, Map<JsonNode, Receiver>>();
    for (var attempt : batch) {
      attempt.write(() -> write(attempt.delivery(), receiver(attempt.delivery(), receivers)));
    }
  }

  /**
   * What the requests to one subscription have in common.
   *
   * @param headers what its owner wants sent along, by name
   * @param authorization what its owner's authorization server gives; null for nothing
   */
  private record Receiver(
      String url,
      Map<String, String> headers,
      List<SigningKey> keys,
      RequestAuthorization authorization) {}

  private OutgoingRequest write(Delivery delivery, Receiver receiver)
      throws JsonProcessingException {
    var id = delivery.id().toString();
    var body = json.writeValueAsBytes(payloads.of(delivery));
    var timestamp = clock.instant().getEpochSecond();
    var headers = new LinkedHashMap<>(receiver.headers());
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(timestamp));
    headers.put("webhook-signature", signer.signed(id, timestamp, body, receiver.keys()));
    headers.put("Content-Type", "application/json");
    return OutgoingRequest.toCustomer(receiver.url(), headers, body)
        .authorizedBy(receiver.authorization());
  }

  /** Its secrets are opened once for all that go to it, and only in the name of its business. */
  private Receiver receiver(Delivery delivery, Map<UUID, Map<JsonNode, Receiver>> known) {
    var target = delivery.target();
    if (target == null) {
      throw new NeverDeliverableException("The webhook subscription was deleted.");
    }
    return known
        .computeIfAbsent(delivery.businessId(), business -> new IdentityHashMap<>())
        .computeIfAbsent(
            target,
            each ->
                new Receiver(
                    url(each),
                    headers(delivery),
                    signer.keys(secrets(delivery)),
                    tokens.of(delivery.businessId(), each.get("authentication"))));
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
        ? secretsOfSubscriptions.opened(delivery.businessId().toString(), sealed.textValue())
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
