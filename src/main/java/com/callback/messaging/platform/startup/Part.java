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

  private static final String SMTP = "smtp";

  private final String address;

  Part(String address) {
    this.address = address;
  }

  boolean isEmbedded(PropertyResolver settings) {
    return isNeeded(settings) && !StringUtils.hasText(settings.getProperty(address));
  }

  /** A mail server is not needed where all mails go by a provider's API. */
  private boolean isNeeded(PropertyResolver settings) {
    return this != MAIL
        || Arrays.asList(
                StringUtils.tokenizeToStringArray(
                    settings.getProperty("channels.email.providers", SMTP), ","))
            .contains(SMTP);
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
