package com.callback.messaging.delivery.channel;

import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.intake.submission.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The leads that came in during the quiet hours of a business, as templates name their parts. They
 * stand in the payload, those that are not listed as a number.
 */
@Component
public class SummaryModel {

  private final String inbox;

  SummaryModel(@Value("${messaging.public-url}") String publicUrl) {
    this.inbox = publicUrl.strip().replaceAll("/+$", "") + "/inbox";
  }

  /** The model of a delivery of the cause {@code summary}. */
  public Map<String, Object> of(Delivery delivery) {
    return of(delivery, Integer.MAX_VALUE);
  }

  /**
   * The same with no more than so many leads listed.
   *
   * @param most 0 or more
   */
  public Map<String, Object> of(Delivery delivery, int most) {
    var payload = delivery.payload();
    var leads =
        StreamSupport.stream(payload.path("leads").spliterator(), false)
            .limit(most)
            .map(lead -> lead(delivery, lead))
            .toList();
    var count = payload.path("count").asInt();
    var model = new LinkedHashMap<String, Object>();
    model.put("business", delivery.business().path("name").asText(""));
    model.put("count", count);
    model.put("leads", leads);
    model.put("isListed", !leads.isEmpty());
    model.put("more", count - leads.size());
    model.put("inboxLink", inbox);
    return model;
  }

  private static Map<String, Object> lead(Delivery delivery, JsonNode lead) {
    var model = new LinkedHashMap<String, Object>();
    var id = lead.path("id").asText();
    model.put("name", lead.path("name").textValue());
    model.put("phone", lead.path("phone").textValue());
    model.put("phoneLink", lead.path("number").textValue());
    model.put("email", lead.path("email").textValue());
    model.put("urgent", lead.path("priority").asText().equals("urgent"));
    model.put("reference", Reference.of(UUID.fromString(id)));
    model.put("receivedAt", delivery.localTime(Instant.parse(lead.path("createdAt").asText())));
    model.values().removeIf(value -> value == null);
    return model;
  }

  /** How many leads the payload names. */
  public static int listed(Delivery delivery) {
    return delivery.payload().path("leads").size();
  }
}
