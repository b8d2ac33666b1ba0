package com.callback.messaging.delivery.channel.webhook;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Made-up events of each type, with the fields of real ones. They belong to nothing. */
final class ExampleEvents {

  private static final UUID BUSINESS = UUID.fromString("00000000-0000-4000-8000-000000000003");
  private static final UUID OTHER = UUID.fromString("00000000-0000-4000-8000-000000000004");
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

  /** What a real event may have no value for. */
  private static final Set<String> OPTIONAL =
      Set.of(
          "funnelId",
          "contactName",
          "contactPhone",
          "contactPhoneE164",
          "contactEmail",
          "subject",
          "message",
          "acknowledgedAt",
          "acknowledgedBy",
          "error",
          "fallback");

  private ExampleEvents() {}

  /** An event of a type with all of its fields, and one with as few as there can be. */
  static List<Map<String, Object>> of(String type) {
    var data = data(type);
    var sparse = new LinkedHashMap<>(data);
    sparse.replaceAll((field, value) -> OPTIONAL.contains(field) ? null : value);
    return List.of(body(type, data), body(type, sparse));
  }

  /** The names of the fields that the data of these types have. */
  static Set<String> fields(List<String> types) {
    var fields = new TreeSet<String>();
    types.forEach(type -> fields.addAll(data(type).keySet()));
    return fields;
  }

  private static Map<String, Object> body(String type, Map<String, Object> data) {
    var body = new HashMap<String, Object>();
    body.put("type", type);
    body.put("timestamp", AT.toString());
    body.put("data", data);
    return body;
  }

  private static Map<String, Object> data(String type) {
    var lead = SampleLead.data(BUSINESS, AT);
    return switch (type) {
      case "message.created", "webhook.test" -> lead;
      case "message.unreached" -> with(lead, "since", AT.toString());
      case "message.reply_received" ->
          with(lead, "replyId", OTHER, "channel", "email", "sender", "ada@example.com");
      case "delivery.failed" -> failed(lead);
      case "message.escalated" ->
          with(
              lead,
              "policy",
              "Urgent leads",
              "step",
              1,
              "of",
              3,
              "round",
              1,
              "rounds",
              1,
              "waitedSeconds",
              900);
      default ->
          with(
              lead,
              "previousStatus",
              "unread",
              "status",
              type.substring("message.".length()),
              "acknowledgedAt",
              AT.toString(),
              "acknowledgedBy",
              OTHER);
    };
  }

  private static Map<String, Object> with(Map<String, Object> lead, Object... more) {
    var data = new LinkedHashMap<String, Object>();
    for (var field : List.of("id", "reference", "funnelId", "businessId")) {
      data.put(field, lead.get(field));
    }
    for (int i = 0; i < more.length; i += 2) {
      data.put((String) more[i], more[i + 1]);
    }
    return data;
  }

  private static Map<String, Object> failed(Map<String, Object> lead) {
    var data = new LinkedHashMap<String, Object>();
    data.put("deliveryId", OTHER);
    data.put("channel", "sms");
    data.put("attempts", 10);
    data.put("error", "The number does not exist");
    data.put("fallback", "email");
    data.put("messageId", lead.get("id"));
    data.put("reference", lead.get("reference"));
    data.put("businessId", lead.get("businessId"));
    return data;
  }
}
