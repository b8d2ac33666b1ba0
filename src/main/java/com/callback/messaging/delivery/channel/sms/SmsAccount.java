package com.callback.messaging.delivery.channel.sms;

import com.callback.messaging.delivery.engine.Pace;
import com.callback.messaging.platform.startup.StartFailure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.core.env.Environment;

/**
 * An account at touchSMS, or at a provider that speaks like it.
 *
 * @param url up to {@code /v2}; empty where there is no such account
 * @param from a number, a sender name or {@code SHARED_NUMBER}
 * @param authorization the Basic credentials that every request carries
 * @param pace of its requests; null for any
 */
record SmsAccount(String url, String from, String authorization, Pace pace) {

  /** The provider's pool of numbers that take replies. */
  private static final String SHARED = "SHARED_NUMBER";

  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{5,15}");

  /** Networks carry eleven characters of a name, which must not look like a number. */
  private static final Pattern NAME =
      Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9](?:[A-Za-z0-9 &._-]{0,9}[A-Za-z0-9.])?");

  static SmsAccount of(Environment settings, String prefix, int requestsPerSecond) {
    var credentials =
        settings.getProperty(prefix + "username", "")
            + ":"
            + settings.getProperty(prefix + "password", "");
    return new SmsAccount(
        settings.getRequiredProperty(prefix + "url"),
        sender(prefix + "from", settings.getProperty(prefix + "from", SHARED).strip()),
        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)),
        Pace.perSecond(requestsPerSecond));
  }

  private static String sender(String setting, String from) {
    if (from.equals(SHARED) || NUMBER.matcher(from).matches() || NAME.matcher(from).matches()) {
      return from;
    }
    throw new StartFailure(
        "%s is \"%s\": set %s to SHARED_NUMBER, a number such as +61491570006, or a registered name of at most 11 letters and digits."
            .formatted(
                setting,
                from,
                setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_')));
  }
}
