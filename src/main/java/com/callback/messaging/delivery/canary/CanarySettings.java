package com.callback.messaging.delivery.canary;

import com.callback.messaging.platform.startup.StartFailure;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * When canaries are sent and to which targets: {@code messaging.canary.*}.
 *
 * @param every 1 minute to a day; 0 for never; null for the default of the mode
 * @param within how long a canary may take, 10 seconds to an hour
 * @param smsEvery the shortest time between two that go by SMS, at least {@code every}
 * @param email a test mailbox; empty for none
 * @param sms a mobile number with its country code; empty for none
 * @param webhook a test receiver; empty for none
 * @param funnel the id of a funnel that a platform has created for canaries; empty where this
 *     service creates businesses itself
 */
@ConfigurationProperties("messaging.canary")
record CanarySettings(
    Duration every,
    Duration within,
    Duration smsEvery,
    String email,
    String sms,
    String webhook,
    String funnel) {

  private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{6,14}");

  CanarySettings {
    email = email.strip();
    sms = sms.replace(" ", "");
    webhook = webhook.strip();
    funnel = funnel.strip();
    if (every != null && !every.isZero()) {
      require("every", every, Duration.ofMinutes(1), Duration.ofDays(1));
      if ((email + sms + webhook).isEmpty()) {
        throw new StartFailure(
            "Canaries have no target: set MESSAGING_CANARY_EMAIL, MESSAGING_CANARY_SMS or MESSAGING_CANARY_WEBHOOK, or MESSAGING_CANARY_EVERY=0.");
      }
    }
    require("within", within, Duration.ofSeconds(10), Duration.ofHours(1));
    require("sms-every", smsEvery, Duration.ofMinutes(1), Duration.ofDays(7));
    if (!email.isEmpty() && !isAddress(email)) {
      throw new StartFailure(
          "messaging.canary.email is no e-mail address: set MESSAGING_CANARY_EMAIL to one, such as canary@example.com.");
    }
    if (!sms.isEmpty() && !NUMBER.matcher(sms).matches()) {
      throw new StartFailure(
          "messaging.canary.sms is no mobile number: set MESSAGING_CANARY_SMS to one with its country code, such as +61491570006.");
    }
    if (!webhook.isEmpty() && !isUrl(webhook)) {
      throw new StartFailure(
          "messaging.canary.webhook is no URL: set MESSAGING_CANARY_WEBHOOK to one, such as https://example.com/canary.");
    }
    if (!funnel.isEmpty() && !isId(funnel)) {
      throw new StartFailure(
          "messaging.canary.funnel is no id: set MESSAGING_CANARY_FUNNEL to the id of a funnel, or leave it empty.");
    }
  }

  boolean hasTarget() {
    return !(email + sms + webhook).isEmpty();
  }

  static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }

  private static void require(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new StartFailure(
          "messaging.canary.%s is %ds: set MESSAGING_CANARY_%s to a time from %ds to %ds."
              .formatted(
                  name,
                  value.toSeconds(),
                  name.replace("-", "_").toUpperCase(Locale.ROOT),
                  least.toSeconds(),
                  most.toSeconds()));
    }
  }

  private static boolean isUrl(String text) {
    try {
      return text.matches("https?://.+") && URI.create(text).getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isId(String text) {
    try {
      return UUID.fromString(text).toString().equalsIgnoreCase(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
