package com.callback.messaging.delivery.channel.webhook;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Checks an incoming webhook the way every receiver should, per Standard Webhooks 1.0.0.
 *
 * <p>A genuine call can still arrive twice: remember its {@code webhook-id} for at least the
 * tolerance.
 */
@Component
public class WebhookVerifier {

  /** How far the sender's clock may be from ours, in either direction. */
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

  private final Clock clock;

  WebhookVerifier(Clock clock) {
    this.clock = clock;
  }

  /** Whether the call is genuine and fresh; see {@link #refusal}. */
  public boolean accepts(Map<String, ?> headers, byte[] body, String secret) {
    return refusal(headers, body, secret).isEmpty();
  }

  /**
   * Returns why the call must not be believed, as one sentence, or nothing if it is genuine.
   *
   * @param headers with any spelling of {@code webhook-id}, {@code -timestamp}, {@code -signature}
   * @param body the bytes as they arrived, before any parsing; null is empty
   * @param secret {@code whsec_…}, {@code whpk_…} or {@code whsk_…}
   */
  public Optional<String> refusal(Map<String, ?> headers, byte[] body, String secret) {
    var key = SigningSecrets.parse(secret);
    var id = header(headers, "webhook-id");
    var timestamp = header(headers, "webhook-timestamp");
    var signatures = header(headers, "webhook-signature");
    if (id.isEmpty() || timestamp.isEmpty() || signatures.isEmpty()) {
      return Optional.of(
          "The headers webhook-id, webhook-timestamp and webhook-signature are all needed.");
    }
    if (!SECONDS.matcher(timestamp).matches()) {
      return Optional.of("The header webhook-timestamp must be a time in Unix seconds.");
    }
    if (Math.abs(clock.instant().getEpochSecond() - Long.parseLong(timestamp))
        > TOLERANCE.toSeconds()) {
      return Optional.of("The webhook-timestamp is more than five minutes from now.");
    }
    var content = SignedContent.of(id, timestamp, body == null ? new byte[0] : body);
    return Arrays.stream(signatures.split(" ")).anyMatch(entry -> key.matches(entry, content))
        ? Optional.empty()
        : Optional.of("No entry of webhook-signature was made with this secret.");
  }

  private static String header(Map<String, ?> headers, String name) {
    return headers.entrySet().stream()
        .filter(header -> name.equalsIgnoreCase(header.getKey()) && header.getValue() != null)
        .map(header -> header.getValue().toString())
        .findFirst()
        .orElse("");
  }
}
