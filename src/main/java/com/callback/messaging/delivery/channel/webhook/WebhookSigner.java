package com.callback.messaging.delivery.channel.webhook;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Signs outgoing webhooks per Standard Webhooks 1.0.0, so that a receiver can tell our calls from
 * anyone else's.
 *
 * <p>Sign the very bytes that are sent: the same JSON written twice need not be the same bytes.
 */
@Component
public class WebhookSigner {

  /** The full stop separates the signed parts; an id with one would make them ambiguous. */
  private static final Pattern ID = Pattern.compile("[!-~&&[^.]]{1,255}");

  WebhookSigner() {}

  /**
   * Returns the value of the {@code webhook-signature} header: one signature per secret, separated
   * by a space.
   *
   * @param id value of {@code webhook-id}, the same on every attempt
   * @param timestampSeconds value of {@code webhook-timestamp}, this attempt's time in Unix seconds
   * @param secrets {@code whsec_…} or {@code whsk_…}; during a rotation the new one and the old one
   * @throws IllegalArgumentException if the id, the time or a secret cannot be used
   */
  public String sign(String id, long timestampSeconds, byte[] body, List<String> secrets) {
    return signed(id, timestampSeconds, body, keys(secrets));
  }

  /** The keys in secrets, so that many requests can be signed with them. */
  List<SigningKey> keys(List<String> secrets) {
    return secrets == null ? List.of() : secrets.stream().map(SigningSecrets::parse).toList();
  }

  /** The same as {@link #sign} with keys. */
  String signed(String id, long timestampSeconds, byte[] body, List<SigningKey> keys) {
    if (id == null || !ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "A webhook id must be 1 to 255 visible ASCII characters without a full stop.");
    }
    if (timestampSeconds < 0) {
      throw new IllegalArgumentException("A webhook timestamp must not lie before 1970.");
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("A webhook needs at least one secret to be signed with.");
    }
    var content = SignedContent.of(id, Long.toString(timestampSeconds), body);
    return keys.stream().map(key -> key.sign(content)).collect(joining(" "));
  }
}
