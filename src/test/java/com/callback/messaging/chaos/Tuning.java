package com.callback.messaging.chaos;

import com.callback.messaging.support.SmsWithoutLimits;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How the service under test is set, so that what takes hours in earnest ends within the run. */
final class Tuning {

  static final List<String> CHANNELS = List.of("email", "sms", "webhook");

  /** How long a claim holds. A stop that is longer than this makes an instance lose its claims. */
  static final Duration LEASE = Duration.ofSeconds(12);

  /** How long a call may take: a receiver that hangs is given up after this. */
  static final Duration DEADLINE = Duration.ofSeconds(4);

  private static final int BATCH = 32;

  /** How many deliveries of one channel an instance may have under way at once. */
  static final int IN_FLIGHT = 32;

  // Each claim that a trouble cuts short uses up one attempt.
  private static final String SCHEDULE = String.join(",", Collections.nCopies(120, "2s"));

  private Tuning() {}

  /**
   * What each instance is told, besides addresses.
   *
   * @param resendSms whether an SMS that may have arrived is sent again
   */
  static Map<String, String> settings(boolean resendSms) {
    var settings = new HashMap<>(SmsWithoutLimits.SETTINGS);
    settings.put("MESSAGING_MODE", "production");
    // Production asks for it; nobody follows it here, and no balancer has to notice a stop.
    settings.put("MESSAGING_PUBLIC_URL", "https://callbacks.example.com");
    settings.put("MESSAGING_STOP_SERVE_ON", "0s");
    // The receiver of mail is on this machine, and speaks plainly.
    settings.put("CHANNELS_EMAIL_REQUIRE_TLS", "false");
    settings.put("DELIVERY_LEASE", LEASE.toSeconds() + "s");
    settings.put("DELIVERY_DEADLINE_MS", Long.toString(DEADLINE.toMillis()));
    settings.put("DELIVERY_CONNECT_TIMEOUT_MS", "2000");
    settings.put("DELIVERY_RESPONSE_TIMEOUT_MS", Long.toString(DEADLINE.toMillis()));
    settings.put("CHANNELS_EMAIL_TIMEOUT_MS", Long.toString(DEADLINE.toMillis()));
    settings.put("CHANNELS_EMAIL_DEADLINE_MS", Long.toString(2 * DEADLINE.toMillis()));
    settings.put("CHANNELS_SMS_RESEND_WHEN_UNKNOWN", Boolean.toString(resendSms));
    // Digests are none of this suite's business.
    settings.put("DIGESTS_CHECK_CRON", "0 0 0 1 1 ?");
    for (var channel : CHANNELS) {
      var prefix = "CHANNELS_" + channel.toUpperCase(Locale.ROOT);
      settings.put(prefix + "_SCHEDULE", SCHEDULE);
      settings.put(prefix + "_IN_FLIGHT", Integer.toString(IN_FLIGHT));
      settings.put(prefix + "_BATCH", Integer.toString(BATCH));
    }
    return settings;
  }
}
