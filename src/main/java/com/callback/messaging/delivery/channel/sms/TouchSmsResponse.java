package com.callback.messaging.delivery.channel.sms;

import com.callback.messaging.delivery.engine.AttemptFailedException;
import com.callback.messaging.delivery.engine.FailureKind;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import com.callback.messaging.delivery.engine.SharedRequest.Accepted;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What touchSMS says in a 2xx: each message is accepted or refused on its own. Nothing in it has
 * the number of a message within the request, so an item is found by its reference, or else by
 * number and text.
 */
final class TouchSmsResponse {

  /** Where an id of the provider may stand; its documented response has none. */
  private static final List<String> IDS = List.of("id", "message_id", "ulid");

  private final JsonNode data;
  private final Map<String, JsonNode> accepted;
  private final Map<String, JsonNode> refused;

  private TouchSmsResponse(JsonNode data) {
    this.data = data;
    this.accepted = byKey(data.path("messages"));
    this.refused = byKey(data.path("errors"));
  }

  /**
   * Reads a body.
   *
   * @throws JsonProcessingException when it is not JSON, and so nobody knows
   */
  static TouchSmsResponse read(ObjectMapper json, byte[] body) throws JsonProcessingException {
    return new TouchSmsResponse(
        json.readTree(new String(body, StandardCharsets.UTF_8)).path("data"));
  }

  private static Map<String, JsonNode> byKey(JsonNode items) {
    var byKey = new HashMap<String, JsonNode>();
    for (var item : items) {
      var reference = item.path("reference").asText("");
      byKey.putIfAbsent(
          reference.isEmpty()
              ? key(item.path("to").asText(""), item.path("body").asText(""))
              : reference,
          item);
    }
    return byKey;
  }

  /** Numbers come back as digits only. */
  private static String key(String to, String body) {
    return to.replaceAll("[^0-9]", "") + "\n" + body;
  }

  /**
   * What it says about one of several messages.
   *
   * @throws NeverDeliverableException with the provider's code when it was refused
   * @throws AttemptFailedException when it may have been sent
   */
  Accepted of(SmsMessage message) {
    var error = find(refused, message);
    if (error != null) {
      throw refusal(error);
    }
    var item = find(accepted, message);
    if (item == null) {
      throw new AttemptFailedException(
          FailureKind.UNKNOWN,
          "The SMS provider's response does not name this message, so it may have been sent");
    }
    return accepted(item);
  }

  /** The same about the only message of a request, which the response need not name. */
  Accepted ofOnly(SmsMessage message) {
    var errors = data.path("errors");
    if (errors.isArray() && !errors.isEmpty()) {
      throw refusal(errors.get(0));
    }
    var item = find(accepted, message);
    return accepted(item == null ? data.path("messages").path(0) : item);
  }

  private static JsonNode find(Map<String, JsonNode> items, SmsMessage message) {
    var item = items.get(message.delivery().id().toString());
    return item == null ? items.get(key(message.delivery().recipient(), message.text())) : item;
  }

  private Accepted accepted(JsonNode item) {
    if (item.path("status").asText().equalsIgnoreCase("ERROR")) {
      throw refusal(item);
    }
    var credits = data.path("meta").path("hasSufficientCredits");
    if (credits.isBoolean() && !credits.booleanValue()) {
      throw new AttemptFailedException(
          FailureKind.UNKNOWN,
          "The account at the SMS provider has too little credit, so it may not have been sent: top it up");
    }
    return new Accepted(reference(item), item.isMissingNode() ? null : item.toString());
  }

  private static NeverDeliverableException refusal(JsonNode item) {
    return new NeverDeliverableException(
        "The SMS provider refused the message: " + item.path("error_code").asText("no code given"));
  }

  private static String reference(JsonNode item) {
    return IDS.stream()
        .map(item::path)
        .filter(id -> id.isValueNode() && !id.isNull())
        .map(JsonNode::asText)
        .findFirst()
        .orElse(null);
  }
}
