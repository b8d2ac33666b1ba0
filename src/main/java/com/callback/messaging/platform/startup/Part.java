package com.callback.messaging.platform.startup;

import java.util.Arrays;
import java.util.Locale;
import org.springframework.core.env.PropertyResolver;
import org.springframework.util.StringUtils;

/** A part of the service that runs inside the process exactly when it has no address. */
enum Part {
  DATABASE("spring.datasource.url"),
  BROKER("spring.activemq.broker-url"),
  MAIL("spring.mail.host"),
  SMS("channels.sms.url");

  private final String address;

  Part(String address) {
    this.address = address;
  }

  boolean isEmbedded(PropertyResolver settings) {
    return isNeeded(settings) && !StringUtils.hasText(settings.getProperty(address));
  }

  /** Where other providers send everything, neither a mail server nor touchSMS is needed. */
  boolean isNeeded(PropertyResolver settings) {
    return switch (this) {
      case MAIL -> isProvider(settings, "channels.email.providers", "smtp");
      case SMS -> isProvider(settings, "channels.sms.providers", "touchsms");
      default -> true;
    };
  }

  private static boolean isProvider(PropertyResolver settings, String list, String name) {
    return Arrays.asList(StringUtils.tokenizeToStringArray(settings.getProperty(list, name), ","))
        .contains(name);
  }

  /** The property that holds the address. */
  String address() {
    return address;
  }

  /** The property that tells everything downstream whether this part is embedded. */
  String flag() {
    return "messaging.embedded." + name().toLowerCase(Locale.ROOT);
  }
}
