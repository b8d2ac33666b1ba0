package com.callback.messaging.delivery.digest;

import com.callback.messaging.delivery.action.ActionLinks;
import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.intake.submission.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The leads of a digest that wait for a call, as templates name their parts. */
@Component
class WaitingLeads {

  private static final Set<String> URGENT = Set.of("high", "urgent");

  private final ActionLinks actionLinks;
  private final String inbox;

  WaitingLeads(ActionLinks actionLinks, @Value("${messaging.public-url}") String publicUrl) {
    this.actionLinks = actionLinks;
    this.inbox = publicUrl.strip().replaceAll("/+$", "") + "/inbox";
  }

  /** Where all of them are. */
  String inboxLink() {
    return inbox;
  }

  /** Those that the payload lists, the one to be called first in front. */
  List<Map<String, Object>> of(Delivery digest) {
    return StreamSupport.stream(digest.payload().path("leads").spliterator(), false)
        .map(lead -> one(digest, lead))
        .toList();
  }

  private Map<String, Object> one(Delivery digest, JsonNode lead) {
    var id = UUID.fromString(lead.path("id").asText());
    var received = moment(lead, "createdAt");
    var due = moment(lead, "dueAt");
    var model = new LinkedHashMap<String, Object>();
    model.put("name", lead.path("name").textValue());
    model.put("phone", lead.path("phone").textValue());
    model.put("phoneLink", lead.path("number").textValue());
    model.put("email", lead.path("email").textValue());
    model.put("funnel", lead.path("funnel").textValue());
    model.put("urgent", URGENT.contains(lead.path("priority").asText()));
    model.put("receivedAt", digest.localTime(received));
    model.put("callBy", due == null ? null : digest.shortTime(due, received));
    model.put("isOverdue", lead.path("isOverdue").asBoolean());
    model.put("reference", Reference.of(id));
    model.put("inboxLink", inbox + "/" + id);
    model.put("actionLink", actionLinks.of(id, digest.channel(), digest.recipient()));
    model.values().removeIf(value -> value == null);
    return model;
  }

  private static Instant moment(JsonNode lead, String field) {
    var text = lead.path(field).textValue();
    return text == null ? null : OffsetDateTime.parse(text).toInstant();
  }
}
