package com.callback.messaging.platform.startup;

import java.net.URI;
import java.util.List;
import org.springframework.core.env.PropertyResolver;
import org.springframework.util.StringUtils;

/** Holds the addresses of the mail server and the SMS provider against their form. */
final class ConfiguredRemotes {
  private static final int LARGEST_PORT = 65_535;

  private ConfiguredRemotes() {}

  static void checkMail(PropertyResolver settings) {
    checkPort(settings, "spring.mail.port");
  }

  static void checkSms(PropertyResolver settings) {
    checkUrl(settings, Part.SMS.address());
  }

  /** The second providers, where there are any. */
  static void checkStandbys(PropertyResolver settings) {
    if (StringUtils.hasText(settings.getProperty("channels.email.standby.host"))) {
      checkPort(settings, "channels.email.standby.port");
    }
    for (String url : List.of("channels.sms.standby.url", "channels.sms.http.url")) {
      if (StringUtils.hasText(settings.getProperty(url))) {
        checkUrl(settings, url);
      }
    }
  }

  private static void checkPort(PropertyResolver settings, String name) {
    String port = settings.getProperty(name, "25").trim();
    if (!port.matches("\\d{1,5}")
        || Integer.parseInt(port) < 1
        || Integer.parseInt(port) > LARGEST_PORT) {
      throw new StartFailure(
          "%s is '%s': set %s to a number between 1 and 65535."
              .formatted(name, port, SettingName.asVariable(name)));
    }
  }

  private static void checkUrl(PropertyResolver settings, String name) {
    if (!isHttp(settings.getRequiredProperty(name).trim())) {
      throw new StartFailure(
          SettingName.asVariable(name) + " is not a web address: write it as https://host/path.");
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
