package com.callback.messaging.e2e;

import com.callback.messaging.intake.submission.PhoneNumbers;
import com.callback.messaging.intake.submission.Reference;
import com.callback.messaging.support.Service.Business;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A lead that was sent, and what must arrive of it; absent fields are null.
 *
 * @param phoneTyped what was typed into a form, where it differs from the number that is shown
 * @param further fields of a form that the contract does not know
 */
record Expected(
    Lead lead,
    Transport transport,
    UUID id,
    String createdAt,
    String name,
    String phone,
    String phoneE164,
    String phoneTyped,
    String email,
    String subject,
    String message,
    String priority,
    Map<String, String> further,
    ObjectNode metadata) {

  static Expected of(
      Lead lead, Transport transport, UUID id, String createdAt, PhoneNumbers phones) {
    var typed = lead.text("contactPhone");
    var understood = phones.e164(typed, "AU").orElse(null);
    var shown = transport.isForm() ? shownOfForm(typed, understood) : Normalised.phone(typed);
    var phoneRaw = transport.isForm() ? typed : null;
    var further = transport.isForm() ? lead.furtherFields() : Map.<String, String>of();
    return new Expected(
        lead,
        transport,
        id,
        createdAt,
        Normalised.line(lead.text("contactName")),
        shown,
        understood,
        phoneRaw == null || phoneRaw.equals(shown) ? null : phoneRaw,
        Normalised.line(lead.text("contactEmail")),
        Normalised.line(lead.text("subject")),
        transport.isForm() ? Normalised.lineEnds(lead.text("message")) : lead.text("message"),
        lead.fields().path("priority").asText("medium"),
        further,
        transport.isForm() ? metadataOfForm(further, phoneRaw) : metadata(lead));
  }

  private static String shownOfForm(String typed, String understood) {
    return understood == null ? Normalised.line(typed) : understood;
  }

  private static ObjectNode metadata(Lead lead) {
    return lead.metadata() instanceof ObjectNode given ? given : Lead.JSON.createObjectNode();
  }

  private static ObjectNode metadataOfForm(Map<String, String> further, String phoneRaw) {
    var metadata = Lead.JSON.createObjectNode();
    if (!further.isEmpty()) {
      metadata.set("form", Lead.JSON.valueToTree(further));
    }
    if (phoneRaw != null) {
      metadata.put("phone_raw", phoneRaw);
    }
    return metadata;
  }

  boolean isUrgent() {
    return Set.of("high", "urgent").contains(priority);
  }

  String reference() {
    return Reference.of(id);
  }

  /** The line of the subject and the beginning of the SMS. */
  String summary() {
    return phone != null
        ? "Call back " + name + " on " + phone
        : "Write back to " + name + (email == null ? "" : ", " + email);
  }

  /** What a webhook must be told, whole. */
  ObjectNode webhookData(Business business) {
    return Lead.JSON
        .createObjectNode()
        .put("id", id.toString())
        .put("reference", reference())
        .put("funnelId", business.funnel().toString())
        .put("businessId", business.id().toString())
        .put("type", "callback_request")
        .put("contactName", name)
        .put("contactPhone", phone)
        .put("contactPhoneE164", phoneE164)
        .put("contactEmail", email)
        .put("subject", subject)
        .put("message", message)
        .put("priority", priority)
        .set("metadata", metadata);
  }

  /** Which parts of the templates it fills: leads that agree here look the same but for texts. */
  String shape() {
    return "%s phone %s %s %s, email %s, subject %s, message %s, urgent %s, further %d"
        .formatted(
            transport.isForm() ? "form" : "json",
            phone != null,
            phoneE164 != null,
            phoneTyped != null,
            email != null,
            subject != null,
            message != null,
            isUrgent(),
            further.size());
  }

  /** A lead of the same shape that nobody could object to. */
  Lead harmless() {
    var fields = Lead.JSON.createObjectNode().put("contactName", "Ada");
    putIf(phone != null, fields, "contactPhone", harmlessPhone());
    putIf(email != null, fields, "contactEmail", "ada@example.com");
    putIf(subject != null, fields, "subject", "Subject");
    putIf(message != null, fields, "message", "Message");
    fields.put("priority", isUrgent() ? "high" : "medium");
    for (var i = 0; i < further.size(); i++) {
      fields.withObjectProperty("metadata").put("field" + i, "value");
    }
    return new Lead("harmless " + shape(), fields);
  }

  private String harmlessPhone() {
    if (phoneE164 == null) {
      return "000";
    }
    return transport.isForm() && phoneTyped == null ? "+61491570006" : "0491 570 006";
  }

  private static void putIf(boolean given, ObjectNode fields, String field, String value) {
    if (given) {
      fields.put(field, value);
    }
  }

  @Override
  public String toString() {
    return lead.label() + " as " + transport;
  }
}
