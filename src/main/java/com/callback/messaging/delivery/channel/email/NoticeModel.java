package com.callback.messaging.delivery.channel.email;

import com.callback.messaging.delivery.channel.ConfirmationModel;
import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import com.callback.messaging.intake.submission.Reference;
import com.callback.messaging.people.signin.OneTimeLinks;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What a business is told about its own account, as templates name its parts. */
@Component
class NoticeModel {

  private static final String CONFIRMATION = "confirmation";
  private static final Set<String> KINDS =
      Set.of(
          "webhook-disabled",
          "reply-received",
          "sms-budget",
          "silence",
          "canary",
          CONFIRMATION,
          OneTimeLinks.SIGN_IN,
          OneTimeLinks.INVITATION);

  private final OneTimeLinks links;
  private final ConfirmationModel confirmations;
  private final String publicUrl;

  NoticeModel(
      OneTimeLinks links,
      ConfirmationModel confirmations,
      @Value("${messaging.public-url}") String publicUrl) {
    this.links = links;
    this.confirmations = confirmations;
    this.publicUrl = publicUrl;
  }

  /** The name of the notice's templates. */
  String templateOf(Delivery delivery) {
    var notice = delivery.payload().path("notice").asText();
    if (!KINDS.contains(notice)) {
      throw new NeverDeliverableException("There is no notice of the kind \"" + notice + "\".");
    }
    return notice;
  }

  /** The model of a notice. */
  Map<String, Object> of(Delivery delivery) {
    if (templateOf(delivery).equals(CONFIRMATION)) {
      return confirmations.of(delivery);
    }
    var payload = delivery.payload();
    var model = new LinkedHashMap<String, Object>();
    model.put("business", delivery.business().path("name").asText(""));
    model.put("url", payload.path("url").asText());
    model.put("gone", "gone".equals(payload.path("reason").asText()));
    model.put("failingSince", moment(delivery, "failingSince"));
    model.put("disabledAt", moment(delivery, "disabledAt"));
    model.put(
        "subscription",
        publicUrl + "/api/webhook-subscriptions/" + payload.path("subscription").asText("{id}"));
    model.put("percent", payload.path("percent").asText());
    for (var number : List.of("parts", "budget", "reserve")) {
      model.put(number, payload.path(number).asInt());
    }
    model.put("since", moment(delivery, "since"));
    model.put("hours", payload.path("hours").asText());
    model.put("expected", payload.path("expected").asText());
    model.put("funnel", payload.path("funnel").asText("A form"));
    model.put("formLink", publicUrl + "/f/" + payload.path("funnelId").asText());
    model.put("missing", payload.path("missing").asText());
    model.put("why", payload.path("why").asText());
    model.put("unit", payload.path("unit").asText());
    model.put("isOver", payload.path("isOver").asBoolean());
    model.put("hasReserve", payload.path("reserve").asInt() > 0);
    model.put("freeAt", moment(delivery, "freeAt"));
    model.put("expiresAt", moment(delivery, "expiresAt"));
    model.put("by", payload.path("by").textValue());
    model.put("role", payload.path("role").textValue());
    model.put("article", "viewer".equals(model.get("role")) ? "a" : "an");
    if (payload.has("lead")) {
      var lead = payload.path("lead").asText();
      model.put("reference", Reference.of(UUID.fromString(lead)));
      model.put("inboxLink", publicUrl + "/inbox/" + lead);
    }
    if (payload.has("link")) {
      // Made now, so that nothing that is kept opens anything.
      model.put("link", links.link(templateOf(delivery), payload.path("link").asText()));
    }
    model.values().removeIf(value -> value == null);
    return model;
  }

  private static String moment(Delivery delivery, String name) {
    var text = delivery.payload().path(name).textValue();
    return text == null ? null : delivery.localTime(OffsetDateTime.parse(text).toInstant());
  }
}
