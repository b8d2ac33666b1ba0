package com.callback.messaging.delivery.channel;

import com.callback.messaging.delivery.action.StatusLinks;
import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import com.callback.messaging.intake.submission.Reference;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * The receipt of a visitor, as templates name its parts. It may reach somebody who asked for
 * nothing, so it has no text that was typed but a name that can be nothing else.
 */
@Component
public class ReceiptModel {

  /** Letters alone: no address, no number and no sentence. */
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{M}]+(?:[ '’-][\\p{L}\\p{M}]+){0,3}");

  private static final int LONGEST_NAME = 40;

  private final StatusLinks links;

  ReceiptModel(StatusLinks links) {
    this.links = links;
  }

  /** The model of the receipt that this delivery is. */
  public Map<String, Object> of(Delivery delivery) {
    var lead = delivery.message();
    if (lead == null) {
      throw new NeverDeliverableException("The lead was erased before its receipt was sent.");
    }
    var id = UUID.fromString(lead.path("id").asText());
    var model = new LinkedHashMap<String, Object>();
    model.put("business", delivery.business().path("name").textValue());
    model.put("name", name(lead.path("contact_name").asText("")));
    model.put("reference", Reference.of(id));
    model.put("dueAt", dueAt(delivery));
    model.put("statusLink", links.of(id));
    model.values().removeIf(value -> value == null);
    return model;
  }

  /** Null for what may be more than a name. */
  static String name(String typed) {
    return typed.length() <= LONGEST_NAME && NAME.matcher(typed).matches() ? typed : null;
  }

  private static String dueAt(Delivery delivery) {
    var dueAt = delivery.payload().path("dueAt").textValue();
    return dueAt == null ? null : delivery.localTime(OffsetDateTime.parse(dueAt).toInstant());
  }
}
