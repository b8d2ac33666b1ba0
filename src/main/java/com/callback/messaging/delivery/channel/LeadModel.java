package com.callback.messaging.delivery.channel;

import com.callback.messaging.delivery.action.ActionLinks;
import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import com.callback.messaging.intake.submission.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** A lead as templates name its parts. */
@Component
public class LeadModel {

  private static final Set<String> URGENT = Set.of("high", "urgent");

  private final ActionLinks actionLinks;
  private final String inbox;

  LeadModel(ActionLinks actionLinks, @Value("${messaging.public-url}") String publicUrl) {
    this.actionLinks = actionLinks;
    this.inbox = publicUrl.strip().replaceAll("/+$", "") + "/inbox/";
  }

  /** The model of the lead that this delivery is about. */
  public Map<String, Object> of(Delivery delivery) {
    var lead = delivery.message();
    if (lead == null) {
      throw new NeverDeliverableException("The lead was erased before this delivery was sent.");
    }
    var model = new LinkedHashMap<String, Object>();
    model.put("business", text(delivery.business(), "name"));
    model.put("funnel", text(lead, "funnel"));
    model.put("name", text(lead, "contact_name"));
    model.put("phone", text(lead, "contact_phone"));
    model.put("phoneTyped", phoneTyped(lead));
    model.put("phoneLink", text(lead, "contact_phone_e164"));
    model.put("email", text(lead, "contact_email"));
    model.put("emailTyped", emailTyped(lead));
    model.put("emailLink", link(text(lead, "contact_email")));
    model.put("subject", text(lead, "subject"));
    model.put("message", text(lead, "message"));
    model.put("urgent", URGENT.contains(lead.path("priority").asText()));
    model.put("priority", text(lead, "priority"));
    model.put("reference", Reference.of(UUID.fromString(lead.path("id").asText())));
    model.put("inboxLink", inbox + lead.path("id").asText());
    model.put("actionLink", actionLinks.of(delivery));
    model.put("receivedAt", delivery.localTime(createdAt(lead)));
    model.put("callBy", shortTime(delivery, lead, "due_at"));
    model.put("preferredFrom", shortTime(delivery, lead, "preferred_from"));
    model.put("preferredUntil", shortTime(delivery, lead, "preferred_until"));
    model.put("extras", extras(lead.at("/metadata/form")));
    model.values().removeIf(value -> value == null);
    return model;
  }

  /** When the lead came in. */
  public static Instant createdAt(JsonNode lead) {
    return OffsetDateTime.parse(lead.path("created_at").asText()).toInstant();
  }

  private static String shortTime(Delivery delivery, JsonNode lead, String field) {
    var moment = lead.path(field).textValue();
    return moment == null
        ? null
        : delivery.shortTime(OffsetDateTime.parse(moment).toInstant(), createdAt(lead));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).textValue();
  }

  /** What was typed into a form, where that is not the number that is shown. */
  private static String phoneTyped(JsonNode lead) {
    var typed = lead.at("/metadata/phone_raw").textValue();
    return typed == null || typed.equals(text(lead, "contact_phone")) ? null : typed;
  }

  /** What was typed for an address, where it is none, or says more than the one that is shown. */
  private static String emailTyped(JsonNode lead) {
    var typed = lead.at("/metadata/email_raw").textValue();
    return typed == null || typed.equals(text(lead, "contact_email")) ? null : typed;
  }

  /**
   * The address as it stands in a {@code mailto:} link (RFC 6068): ? and & may be part of an
   * address, and would otherwise add recipients and texts to the reader's reply.
   */
  private static String link(String email) {
    return email == null
        ? null
        : URLEncoder.encode(email, StandardCharsets.UTF_8).replace("+", "%20").replace("%40", "@");
  }

  private static List<Map<String, String>> extras(JsonNode form) {
    return form.properties().stream()
        .map(field -> Map.of("name", field.getKey(), "value", shown(field.getValue())))
        .toList();
  }

  private static String shown(JsonNode value) {
    return value.isTextual() ? value.textValue() : value.toString();
  }
}
