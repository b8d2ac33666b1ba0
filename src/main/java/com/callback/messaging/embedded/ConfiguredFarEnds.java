package com.callback.messaging.embedded;

import java.net.URI;
import org.springframework.core.env.PropertyResolver;

/** Holds the addresses of the mail server and the SMS provider against their form. */
final class ConfiguredFarEnds {
  private static final int LARGEST_PORT = 65_535;

  private ConfiguredFarEnds() {}

  static void checkMail(PropertyResolver settings) {
    String port = settings.getProperty("spring.mail.port", "25").trim();
    if (!port.matches("\\d{1,5}")
        || Integer.parseInt(port) < 1
        || Integer.parseInt(port) > LARGEST_PORT) {
      throw new StartFailure(
          "spring.mail.port is '%s': set SPRING_MAIL_PORT to a number between 1 and 65535."
              .formatted(port));
    }
  }

  static void checkSms(PropertyResolver settings) {
    String url = settings.getRequiredProperty(Part.SMS.address()).trim();
    if (!isHttp(url)) {
      throw new StartFailure(
          "CHANNELS_SMS_URL is not a web address: write it as https://host/path.");
    }
  }

  private static boolean isHttp(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getHost() != null && String.valueOf(uri.getScheme()).matches("(?i)https?");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
