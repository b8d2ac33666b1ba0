package com.callback.messaging.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sends events as SendGrid's signed Event Webhook does, byte for byte. */
public final class SendGridWebhook {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HEADER = "X-Twilio-Email-Event-Webhook-";

  private final KeyPair keys;
  private final HttpClient http = HttpClient.newHttpClient();

  public SendGridWebhook() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has P-256", e);
    }
  }

  /** The public key as SendGrid shows it. */
  public String publicKey() {
    return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
  }

  /**
   * An event about a mail.
   *
   * @param more further fields, as the kind of event has them
   */
  public static ObjectNode event(
      FakeSendGrid.Sent mail, String event, long timestamp, Map<String, ?> more) {
    var fields = JSON.createObjectNode();
    fields.put("email", mail.recipient());
    fields.put("timestamp", timestamp);
    fields.put("smtp-id", "<" + mail.messageId() + "@geopod-ismtpd-1>");
    fields.put("event", event);
    fields.set("category", mail.request().path("categories"));
    fields.put(
        "sg_event_id",
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString((event + "-0-" + mail.messageId()).getBytes(UTF_8)));
    fields.put("sg_message_id", mail.messageId() + ".recvd-5f9ff-9kc6l-1-673C6EB0-B.0");
    mail.request()
        .at("/personalizations/0/custom_args")
        .properties()
        .forEach(argument -> fields.set(argument.getKey(), argument.getValue()));
    more.forEach((name, value) -> fields.set(name, JSON.valueToTree(value)));
    return fields;
  }

  /** A batch as it goes over the wire: CRLF between the events, and at the end. */
  public static byte[] body(List<ObjectNode> events) {
    return (events.stream().map(ObjectNode::toString).collect(Collectors.joining(",\r\n", "[", "]"))
            + "\r\n")
        .getBytes(UTF_8);
  }

  /** Posts a batch with a signature of this moment. */
  public HttpResponse<String> post(URI address, Clock clock, ObjectNode... events) {
    return post(address, clock.instant().getEpochSecond(), body(List.of(events)));
  }

  /** Posts these bytes, signed with this timestamp. */
  public HttpResponse<String> post(URI address, long timestamp, byte[] body) {
    var seconds = String.valueOf(timestamp);
    return post(address, sign(seconds, body), seconds, body);
  }

  /** Posts these bytes with these headers, null for none. */
  public HttpResponse<String> post(URI address, String signature, String timestamp, byte[] body) {
    var request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    if (signature != null) {
      request.header(HEADER + "Signature", signature);
    }
    if (timestamp != null) {
      request.header(HEADER + "Timestamp", timestamp);
    }
    return sent(request.build());
  }

  /** Posts a mail as Inbound Parse does, which signs nothing. */
  int parsed(URI address, Map<String, String> fields) {
    var body = MultipartBody.of(List.copyOf(fields.entrySet()));
    return sent(HttpRequest.newBuilder(address)
            .header("Content-Type", "multipart/form-data; boundary=b")
            .POST(BodyPublishers.ofString(body))
            .build())
        .statusCode();
  }

  private HttpResponse<String> sent(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The signature of these bytes, in DER and base64. */
  public String sign(String timestamp, byte[] body) {
    try {
      var signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(keys.getPrivate());
      signer.update(timestamp.getBytes(UTF_8));
      signer.update(body);
      return Base64.getEncoder().encodeToString(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The key signs anything", e);
    }
  }
}
