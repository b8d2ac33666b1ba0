package com.callback.messaging.delivery.channel.webhook;

import com.callback.messaging.delivery.channel.Recipients;
import com.callback.messaging.delivery.channel.push.PushDevices;
import com.callback.messaging.delivery.channel.push.PushKey;
import com.callback.messaging.platform.secrets.SecretBox;
import com.callback.messaging.platform.secrets.UnknownKeyException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What a webhook subscription keeps to itself: its signing secrets, and the values of the headers
 * that its owner wants sent along. In the database they are sealed for their business.
 */
@Component
public class WebhookSecrets {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookSecrets.class);

  private final SecretBox box;
  private final Recipients recipients;
  private final PushDevices devices;
  private final PushKey pushKey;
  private final ObjectMapper json;

  /**
   * What is not sealed with the key in use.
   *
   * @param kind {@code secret}, {@code client secret}, {@code headers} where the text is JSON of an
   *     object, {@code recipient} of a channel, {@code push device} or {@code push key}
   * @param business null for the push key, which all have
   */
  private record Unsealed(String kind, String id, String business, String text) {

    static Unsealed of(Map<String, Object> row) {
      return new Unsealed(
          (String) row.get("kind"),
          (String) row.get("id"),
          Objects.toString(row.get("business_id"), null),
          (String) row.get("stored"));
    }
  }

  WebhookSecrets(
      SecretBox box,
      Recipients recipients,
      PushDevices devices,
      PushKey pushKey,
      ObjectMapper json) {
    this.box = box;
    this.recipients = recipients;
    this.devices = devices;
    this.pushKey = pushKey;
    this.json = json;
  }

  /** A signing secret as it is stored. */
  public String sealed(String business, String secret) {
    return box.seal(secret, belongsTo(business));
  }

  /**
   * The headers of a request's body as they are stored: sealed as they came, since what looks
   * sealed there was sealed by nobody we know.
   *
   * @param body JSON of an object that may have headers
   * @return JSON of an object; null where the body says nothing of them
   */
  public String sealedHeaders(String business, String body) throws java.io.IOException {
    var headers = json.readTree(body).path("headers");
    return headers.isObject()
        ? sealedValues(headers, value -> sealed(business, value)).toString()
        : null;
  }

  /**
   * The authentication of a request's body as it is stored, with its client secret sealed.
   *
   * @param body JSON of an object that may have it
   * @return JSON of an object; null where the body has none
   */
  public String sealedAuthentication(String business, String body) throws java.io.IOException {
    if (!(json.readTree(body).path("authentication") instanceof ObjectNode authentication)) {
      return null;
    }
    var secret = authentication.path("clientSecret").asText();
    return authentication.put("clientSecret", sealed(business, secret)).toString();
  }

  /** A stored text as it is used. */
  String opened(String business, String sealed) {
    return box.open(sealed, belongsTo(business));
  }

  /** How what is sealed with the key in use begins. */
  public String currentMark() {
    return box.currentMark();
  }

  /**
   * Seals anew what was sealed with an earlier key, or never; leaves out what no key opens.
   *
   * @param rows of {@code list-unsealed-secrets.sql}
   * @return JSON, for {@code re-encrypt-secrets.sql}
   */
  public String reEncrypted(List<Map<String, Object>> rows) throws java.io.IOException {
    var changes = json.createArrayNode();
    for (var each : rows.stream().map(Unsealed::of).toList()) {
      try {
        var sealed = sealedAnew(each);
        changes
            .addObject()
            .put("kind", each.kind())
            .put("id", each.id())
            .put("old", each.text())
            .put("new", sealed);
      } catch (UnknownKeyException e) {
        LOG.warn("Secret ({}) {}: {}", each.kind(), each.id(), e.getMessage());
      }
    }
    return changes.isEmpty() ? null : changes.toString();
  }

  private String sealedAnew(Unsealed old) throws java.io.IOException {
    return switch (old.kind()) {
      case "headers" ->
          sealedValues(json.readTree(old.text()), value -> sealedAnew(old.business(), value))
              .toString();
      case "recipient" ->
          recipients.sealed(old.business(), recipients.opened(old.business(), old.text()));
      case "push device" ->
          devices.sealed(old.business(), devices.text(old.business(), old.text()));
      case "push key" -> pushKey.sealedAnew(old.text());
      default -> sealedAnew(old.business(), old.text());
    };
  }

  private String sealedAnew(String business, String text) {
    return sealed(business, opened(business, text));
  }

  private ObjectNode sealedValues(JsonNode headers, UnaryOperator<String> sealing) {
    var values = new LinkedHashMap<String, String>();
    headers
        .properties()
        .forEach(each -> values.put(each.getKey(), sealing.apply(each.getValue().asText())));
    return json.valueToTree(values);
  }

  private static String belongsTo(String business) {
    return "webhooks of " + business;
  }
}
