package com.callback.messaging.delivery.channel.webhook;

import com.callback.messaging.delivery.channel.LeadModel;
import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import com.callback.messaging.intake.submission.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What a call says: type, time and data of the event that it tells of. It holds nothing that
 * changes later, so that it has the same bytes on every attempt.
 */
@Component
public class WebhookBody {

  WebhookBody() {}

  /**
   * The body, in the order in which it is written.
   *
   * @throws NeverDeliverableException when what it would tell of is gone
   */
  public Map<String, Object> of(Delivery delivery) {
    return switch (delivery.cause()) {
      case "event" -> ofEvent(delivery);
      case "test" -> ofTest(delivery);
      default -> {
        var lead = present(delivery.message());
        yield body("message.created", LeadModel.createdAt(lead), leadData(lead));
      }
    };
  }

  private static Map<String, Object> ofEvent(Delivery delivery) {
    var event = delivery.event();
    if (event == null) {
      throw new NeverDeliverableException("The event was erased before this delivery was sent.");
    }
    var type = event.path("type").asText();
    var at = OffsetDateTime.parse(event.path("created_at").asText()).toInstant();
    var lead = present(delivery.message());
    return body(
        type,
        at,
        switch (type) {
          case "delivery.failed" -> failedData(lead, event.path("data"));
          case "message.unreached" -> unreachedData(lead, at);
          case "message.escalated" -> escalatedData(lead, event.path("data"));
          case "message.reply_received" -> replyData(lead, event.path("data"));
          default -> statusData(lead, event.path("data"));
        });
  }

  private static Map<String, Object> ofTest(Delivery delivery) {
    var at = Instant.parse(delivery.payload().path("at").asText());
    return body("webhook.test", at, SampleLead.data(delivery.businessId(), at));
  }

  private static JsonNode present(JsonNode lead) {
    if (lead == null) {
      throw new NeverDeliverableException("The lead was erased before this delivery was sent.");
    }
    return lead;
  }

  private static Map<String, Object> body(String type, Instant at, Map<String, Object> data) {
    var body = new LinkedHashMap<String, Object>();
    body.put("type", type);
    body.put("timestamp", at.toString());
    body.put("data", data);
    return body;
  }

  private static Map<String, Object> leadData(JsonNode lead) {
    var data = identity(lead);
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

  /** The lead's own status may have moved on; the event's has not. */
  private static Map<String, Object> statusData(JsonNode lead, JsonNode event) {
    var data = identity(lead);
    data.put("previousStatus", event.get("from"));
    data.put("status", event.get("to"));
    var at = event.path("acknowledgedAt").textValue();
    data.put("acknowledgedAt", at == null ? null : OffsetDateTime.parse(at).toInstant().toString());
    data.put("acknowledgedBy", event.get("acknowledgedBy"));
    return data;
  }

  private static Map<String, Object> unreachedData(JsonNode lead, Instant since) {
    var data = identity(lead);
    data.put("since", since.toString());
    return data;
  }

  /** Whom the step notified stays here: those are members of the business. */
  private static Map<String, Object> escalatedData(JsonNode lead, JsonNode event) {
    var data = identity(lead);
    for (var field : List.of("policy", "step", "of", "round", "rounds", "waitedSeconds")) {
      data.put(field, event.get(field));
    }
    return data;
  }

  /** The text stays here: whoever may read the lead fetches it. */
  private static Map<String, Object> replyData(JsonNode lead, JsonNode event) {
    var data = identity(lead);
    data.put("replyId", event.get("reply"));
    data.put("channel", event.get("channel"));
    data.put("sender", event.get("by"));
    return data;
  }

  private static Map<String, Object> failedData(JsonNode lead, JsonNode event) {
    var data = new LinkedHashMap<String, Object>();
    data.put("deliveryId", event.get("delivery"));
    data.put("channel", event.get("channel"));
    data.put("attempts", event.get("attempts"));
    data.put("error", event.get("error"));
    data.put("fallback", event.get("fallback"));
    data.put("messageId", lead.get("id"));
    data.put("reference", reference(lead));
    data.put("businessId", lead.get("business_id"));
    return data;
  }

  private static Map<String, Object> identity(JsonNode lead) {
    var data = new LinkedHashMap<String, Object>();
    data.put("id", lead.get("id"));
    data.put("reference", reference(lead));
    data.put("funnelId", lead.get("funnel_id"));
    data.put("businessId", lead.get("business_id"));
    return data;
  }

  private static String reference(JsonNode lead) {
    return Reference.of(UUID.fromString(lead.get("id").asText()));
  }
}
