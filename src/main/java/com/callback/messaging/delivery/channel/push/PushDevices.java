package com.callback.messaging.delivery.channel.push;

import com.callback.messaging.delivery.outbound.WebhookUrl;
import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.operation.api.Results;
import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.callback.messaging.platform.secrets.SecretBox;
import com.callback.messaging.platform.secrets.Sha256;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The browsers that members receive push messages in. Who has the endpoint and the keys of one can
 * write to it, so they are sealed for the business and never shown.
 */
@Component
public class PushDevices {

  private static final int SECRET = 16;

  private static final Problem FULL =
      Problem.of(
          409,
          "too-many-devices",
          "You have 10 devices",
          "A person may have 10 devices in a business. Remove a device that you no longer use, and try again.");

  private final WebhookUrl urls;
  private final SecretBox box;
  private final ObjectMapper json;

  /** A subscription as it is used. */
  record Device(String endpoint, byte[] publicKey, byte[] secret) {}

  /**
   * A subscription as it is stored.
   *
   * @param sealed JSON with endpoint and keys, sealed
   * @param hash of the endpoint, 64 hexadecimal digits: the same browser is stored once
   * @param label what its owner knows it by
   */
  public record StoredDevice(String sealed, String hash, String label) {}

  PushDevices(WebhookUrl urls, SecretBox box, ObjectMapper json) {
    this.urls = urls;
    this.box = box;
    this.json = json;
  }

  /**
   * The subscription of a request, checked.
   *
   * @throws RequestRefusedException 400 with what is wrong: an address that cannot be called, or a
   *     key that is none
   */
  public StoredDevice given(Caller caller, OperationRequest input) throws JsonProcessingException {
    var body = json.readTree(input.body());
    var endpoint = body.path("endpoint").asText();
    var errors = new ArrayList<FieldError>();
    urls.check(endpoint).ifPresent(remedy -> errors.add(new FieldError("endpoint", remedy)));
    check(errors, body.path("keys"));
    if (!errors.isEmpty()) {
      throw new RequestRefusedException(Problems.invalidBody(errors));
    }
    var kept =
        json.createObjectNode()
            .put("endpoint", endpoint)
            .put("p256dh", body.at("/keys/p256dh").asText())
            .put("auth", body.at("/keys/auth").asText());
    return new StoredDevice(
        sealed(caller.businessId().toString(), kept.toString()),
        Sha256.hex(endpoint),
        body.path("label").asText());
  }

  /**
   * The id of the device that was just stored.
   *
   * @throws RequestRefusedException 409 when the person has as many as they may have
   */
  public String requireAdded(Object id) {
    return Results.require(id, FULL);
  }

  /** A subscription as it is stored. */
  public String sealed(String business, String device) {
    return box.seal(device, belongsTo(business));
  }

  /** The JSON of a stored subscription. */
  public String text(String business, String sealed) {
    return box.open(sealed, belongsTo(business));
  }

  Device opened(String business, String sealed) {
    try {
      var kept = json.readTree(text(business, sealed));
      return new Device(
          kept.path("endpoint").asText(), bytes(kept.path("p256dh")), bytes(kept.path("auth")));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored device is not JSON");
    }
  }

  private static void check(List<FieldError> errors, JsonNode keys) {
    try {
      P256.publicKey(bytes(keys.path("p256dh")));
    } catch (IllegalArgumentException e) {
      errors.add(
          new FieldError(
              "keys.p256dh",
              "Give the key of PushSubscription.toJSON(): a point of P-256, 65 bytes in base64url."));
    }
    if (!isSecret(keys.path("auth"))) {
      errors.add(
          new FieldError(
              "keys.auth", "Give the secret of PushSubscription.toJSON(): 16 bytes in base64url."));
    }
  }

  private static boolean isSecret(JsonNode auth) {
    try {
      return bytes(auth).length == SECRET;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] bytes(JsonNode base64) {
    return Base64.getUrlDecoder().decode(base64.asText());
  }

  private static String belongsTo(String business) {
    return "push devices of " + business;
  }
}
