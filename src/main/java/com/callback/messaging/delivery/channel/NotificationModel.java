package com.callback.messaging.delivery.channel;

import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.delivery.notification.NotificationUnsubscribe;
import com.callback.messaging.platform.template.Templates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * What a member is notified of, as templates name its parts: those of the lead, and {@code
 * because}, a sentence that says why, from {@code config/templates/notification/because.mustache}.
 */
@Component
public class NotificationModel {

  private final LeadModel leads;
  private final NotificationUnsubscribe unsubscribe;
  private final Templates templates;

  NotificationModel(LeadModel leads, NotificationUnsubscribe unsubscribe, Templates templates) {
    this.leads = leads;
    this.unsubscribe = unsubscribe;
    this.templates = templates;
  }

  /** The model of a delivery of the cause {@code notification}. */
  public Map<String, Object> of(Delivery delivery) {
    var details = delivery.payload();
    var model = leads.of(delivery);
    var why = new LinkedHashMap<String, Object>();
    why.put(details.path("event").asText(), true);
    for (var name : List.of("by", "reason")) {
      why.put(name, details.path(name).asText("").strip().replaceAll("\\.$", ""));
    }
    for (var name : List.of("step", "of", "more")) {
      why.put(name, details.path(name).asInt());
    }
    model.put("because", templates.fill("notification/because", why).strip());
    model.put("unsubscribeLink", unsubscribe.link(delivery));
    model.values().removeIf(value -> value == null);
    return model;
  }
}
