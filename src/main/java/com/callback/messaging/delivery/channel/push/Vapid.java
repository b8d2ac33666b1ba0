package com.callback.messaging.delivery.channel.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Says to a push service who sends (VAPID, RFC 8292): a token for its origin, signed with ES256
 * (RFC 7518, 3.4) and good for twelve hours, half of what is allowed.
 */
@Component
class Vapid {

  private static final Duration VALID = Duration.ofHours(12);
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String HEADER =
      BASE64.encodeToString("{\"typ\":\"JWT\",\"alg\":\"ES256\"}".getBytes(UTF_8));

  private final PushKey key;
  private final Clock clock;
  private final ObjectMapper json;
  private final String subject;

  Vapid(
      PushKey key,
      Clock clock,
      ObjectMapper json,
      @Value("${channels.push.contact}") String contact,
      @Value("${messaging.public-url}") String publicUrl,
      @Value("${channels.email.from}") String sender) {
    this.key = key;
    this.clock = clock;
    this.json = json;
    this.subject = subject(contact.strip(), publicUrl.strip(), sender.strip());
  }

  /** Where a push service reaches the operator: what is set, else the service's own address. */
  private static String subject(String contact, String publicUrl, String sender) {
    if (!contact.isEmpty()) {
      return contact.contains(":") ? contact : "mailto:" + contact;
    }
    return publicUrl.startsWith("https://") ? publicUrl : "mailto:" + sender;
  }

  /**
   * The header {@code Authorization} of a request.
   *
   * @param endpoint the address of a subscription
   */
  String authorization(URI endpoint) {
    var pair = key.pair();
    var claims =
        json.createObjectNode()
            .put("aud", endpoint.getScheme() + "://" + endpoint.getRawAuthority())
            .put("exp", clock.instant().plus(VALID).getEpochSecond())
            .put("sub", subject);
    try {
      var signed = HEADER + "." + BASE64.encodeToString(json.writeValueAsBytes(claims));
      var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(pair.privateKey());
      signature.update(signed.getBytes(UTF_8));
      return "vapid t=%s.%s, k=%s"
          .formatted(signed, BASE64.encodeToString(signature.sign()), pair.publicKey());
    } catch (GeneralSecurityException | JsonProcessingException e) {
      throw new IllegalStateException("Every Java signs with ES256", e);
    }
  }
}
