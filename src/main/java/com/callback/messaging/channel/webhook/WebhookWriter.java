package com.callback.messaging.channel.webhook;

import com.callback.messaging.channel.LeadModel;
import com.callback.messaging.delivery.Delivery;
import com.callback.messaging.delivery.NeverDeliverableException;
import com.callback.messaging.intake.Reference;
import com.callback.messaging.outbound.WebhookUrl;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Writes the call that tells a subscription of a new lead. The body holds the lead as it came in,
 * nothing that changes later, so that it has the same bytes on every attempt.
 */
@Component
public class WebhookWriter {

  private final WebhookSigner signer;
  private final WebhookUrl urls;
  private final CustomHeaders customHeaders;
  private final ObjectMapper json;
  private final Clock clock;

  WebhookWriter(
      WebhookSigner signer,
      WebhookUrl urls,
      CustomHeaders customHeaders,
      ObjectMapper json,
      Clock clock) {
    this.signer = signer;
    this.urls = urls;
    this.customHeaders = customHeaders;
    this.json = json;
    this.clock = clock;
  }

  /** The call, signed now. */
  public WebhookCall write(Delivery delivery) throws JsonProcessingException {
    var target = delivery.target();
    if (target == null) {
      throw new NeverDeliverableException("The webhook subscription was deleted.");
    }
    if (delivery.message() == null) {
      throw new NeverDeliverableException("The message was erased before this could be sent.");
    }
    var id = delivery.id().toString();
    var body = json.writeValueAsBytes(event(delivery.message()));
    var timestamp = clock.instant().getEpochSecond();
    return new WebhookCall(
        url(target),
        id,
        timestamp,
        signer.sign(id, timestamp, body, secrets(target)),
        headers(target),
        body);
  }

  private String url(JsonNode target) {
    try {
      return urls.toSend(target.path("url").asText());
    } catch (IllegalArgumentException e) {
      throw new NeverDeliverableException(
          "The webhook subscription's URL cannot be called. " + e.getMessage());
    }
  }

  private Map<String, String> headers(JsonNode target) {
    var headers = new LinkedHashMap<String, String>();
    target
        .path("headers")
        .fields()
        .forEachRemaining(header -> headers.put(header.getKey(), header.getValue().textValue()));
    var wrong = customHeaders.check(headers);
    if (!wrong.isEmpty()) {
      throw new NeverDeliverableException(
          "The webhook subscription's headers cannot be sent. " + wrong.get(0).detail());
    }
    return headers;
  }

  private static Map<String, Object> event(JsonNode lead) {
    var event = new LinkedHashMap<String, Object>();
    event.put("type", "message.created");
    event.put("timestamp", LeadModel.createdAt(lead).toString());
    event.put("data", data(lead));
    return event;
  }

  private static Map<String, Object> data(JsonNode lead) {
    var data = new LinkedHashMap<String, Object>();
    data.put("id", lead.get("id"));
    data.put("reference", Reference.of(UUID.fromString(lead.get("id").asText())));
    data.put("funnelId", lead.get("funnel_id"));
    data.put("businessId", lead.get("business_id"));
    data.put("type", lead.get("type"));
    data.put("contactName", lead.get("contact_name"));
    data.put("contactPhone", lead.get("contact_phone"));
    data.put("contactPhoneE164", lead.get("contact_phone_e164"));
    data.put("contactEmail", lead.get("contact_email"));
    data.put("subject", lead.get("subject"));
    data.put("message", lead.get("message"));
    data.put("priority", lead.get("priority"));
    data.put("metadata", lead.get("metadata"));
    data.put("createdAt", LeadModel.createdAt(lead).toString());
    return data;
  }

  private static List<String> secrets(JsonNode target) {
    var secrets = new ArrayList<String>();
    target.path("secrets").forEach(secret -> secrets.add(secret.asText()));
    if (secrets.isEmpty()) {
      throw new NeverDeliverableException("The webhook subscription has no signing secret.");
    }
    return secrets;
  }
}
