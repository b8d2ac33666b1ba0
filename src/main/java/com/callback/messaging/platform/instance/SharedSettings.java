package com.callback.messaging.platform.instance;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The settings that decide what becomes of a delivery whichever instance takes it. None is a
 * secret.
 */
@Component
class SharedSettings {

  private static final String[] NAMES = {
    "messaging.mode",
    "messaging.public-url",
    "messaging.outbound.allowed",
    "messaging.outbound.ports",
    "messaging.outbound.https-only",
    "channels.email.from",
    "channels.email.schedule",
    "channels.sms.from",
    "channels.sms.schedule",
    "channels.webhook.schedule",
    "delivery.lease"
  };

  private final Map<String, String> values = new TreeMap<>();

  SharedSettings(Environment settings) {
    for (var name : NAMES) {
      values.put(name, String.valueOf(settings.getProperty(name, "")));
    }
    var version = getClass().getPackage().getImplementationVersion();
    values.put("version", version == null ? "unpackaged" : version);
  }

  Map<String, String> values() {
    return values;
  }
}
