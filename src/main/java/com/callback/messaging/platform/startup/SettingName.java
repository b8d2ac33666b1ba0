package com.callback.messaging.platform.startup;

import java.util.Locale;
import java.util.regex.Pattern;

/** How an operator sees a setting: by its environment variable, and without what is secret. */
final class SettingName {
  private static final Pattern SECRET =
      Pattern.compile("password|secret|token|credential|key", Pattern.CASE_INSENSITIVE);

  private SettingName() {}

  /** {@code channels.sms.url} as {@code CHANNELS_SMS_URL}. */
  static String asVariable(String property) {
    return property
        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("[^A-Za-z0-9]+", "_")
        .replaceAll("_$", "")
        .toUpperCase(Locale.ROOT);
  }

  /** The value in quotes, unless its name says that nobody may read it. */
  static String shown(String property, Object value) {
    return SECRET.matcher(property).find() ? "a value" : "'" + value + "'";
  }
}
