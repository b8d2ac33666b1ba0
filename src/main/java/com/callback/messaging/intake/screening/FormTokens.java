package com.callback.messaging.intake.screening;

import com.callback.messaging.platform.secrets.Seal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Tells when the hosted form was shown, in a field that nobody can make up: {@code funnel|shown
 * at|nonce} in base64url, a dot, and its signature. It may come back more than once: people go back
 * and send again.
 */
@Component
public class FormTokens {

  /** What a signature of these is good for. */
  private static final String PURPOSE = "form";

  private static final int NONCE_BYTES = 9;

  /** Far more than one has. */
  private static final int LONGEST = 400;

  private static final Pattern TOKEN = Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)");
  private static final Pattern CONTENT =
      Pattern.compile("([0-9a-f-]{36})\\|([0-9]{1,15})\\|[A-Za-z0-9_-]+");

  private final Seal seal;
  private final AbuseSettings settings;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  FormTokens(Seal seal, AbuseSettings settings, Clock clock) {
    this.seal = seal;
    this.settings = settings;
    this.clock = clock;
  }

  /** For a form that is shown for the first time. */
  public String fresh(String funnelId) {
    return token(funnelId, clock.millis());
  }

  /** For a form that is shown again with what was typed: mending a word takes a moment only. */
  public String again(String funnelId) {
    return token(funnelId, clock.millis() - settings.fastest().toMillis());
  }

  /**
   * What is suspicious about a token that came back with a form of this funnel; null for nothing.
   */
  String signal(String token, String funnelId) {
    var shown = shownAt(token, funnelId);
    if (shown < 0) {
      return SpamSignal.STALE_FORM;
    }
    var age = Duration.ofMillis(clock.millis() - shown);
    if (age.compareTo(settings.fastest()) < 0) {
      return SpamSignal.TOO_FAST;
    }
    return age.compareTo(settings.slowest()) > 0 ? SpamSignal.STALE_FORM : null;
  }

  /** In milliseconds; -1 for what we never signed for this funnel. */
  private long shownAt(String token, String funnelId) {
    var parts = TOKEN.matcher(token);
    if (token.length() > LONGEST
        || !parts.matches()
        || !seal.matches(PURPOSE, parts.group(1), parts.group(2))) {
      return -1;
    }
    var content =
        CONTENT.matcher(
            new String(Base64.getUrlDecoder().decode(parts.group(1)), StandardCharsets.UTF_8));
    return content.matches() && content.group(1).equalsIgnoreCase(funnelId)
        ? Long.parseLong(content.group(2))
        : -1;
  }

  private String token(String funnelId, long shownAt) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    var content = "%s|%d|%s".formatted(funnelId.toLowerCase(Locale.ROOT), shownAt, base64(nonce));
    var signed = base64(content.getBytes(StandardCharsets.UTF_8));
    return signed + "." + seal.sign(PURPOSE, signed);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
