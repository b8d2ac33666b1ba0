package com.callback.messaging.channel.webhook;

import com.callback.messaging.delivery.Delivery;
import com.callback.messaging.delivery.NeverDeliverableException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Writes the call that tells a subscription of an event. */
@Component
public class WebhookWriter {

  private static final Pattern URL = Pattern.compile("https?://[^\\s/][^\\s]*");

  private final WebhookBody bodies;
  private final WebhookSigner signer;
  private final ObjectMapper json;
  private final Clock clock;

  WebhookWriter(WebhookBody bodies, WebhookSigner signer, ObjectMapper json, Clock clock) {
    this.bodies = bodies;
    this.signer = signer;
    this.json = json;
    this.clock = clock;
  }

  /** The call, signed now. */
  public WebhookCall write(Delivery delivery) throws JsonProcessingException {
    var target = delivery.target();
    if (target == null) {
      throw new NeverDeliverableException("The webhook subscription was deleted.");
    }
    var id = delivery.id().toString();
    var body = json.writeValueAsBytes(bodies.of(delivery));
    var timestamp = clock.instant().getEpochSecond();
    return new WebhookCall(
        url(target), id, timestamp, signer.sign(id, timestamp, body, secrets(target)), body);
  }

  private static String url(JsonNode target) {
    var url = target.path("url").asText();
    if (!URL.matcher(url).matches()) {
      throw new NeverDeliverableException(
          "The webhook subscription's URL is none: give one that begins with https:// or http://.");
    }
    return url;
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
