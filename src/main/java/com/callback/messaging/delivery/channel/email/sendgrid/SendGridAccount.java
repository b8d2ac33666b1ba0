package com.callback.messaging.delivery.channel.email.sendgrid;

import com.callback.messaging.platform.startup.StartFailure;
import java.net.URI;
import java.util.Locale;

/**
 * An account at SendGrid.
 *
 * @param block where its settings are, such as {@code channels.email.sendgrid.}
 * @param apiKey the key of the API; empty where the account does not send
 * @param url the address of the API, up to {@code /v3}
 * @param eventsKey the public key of the signed Event Webhook; empty where it is not used
 */
record SendGridAccount(String block, String apiKey, String url, String eventsKey) {

  /**
   * @throws StartFailure for an address that is none, or a key with characters that no key has
   */
  SendGridAccount {
    apiKey = apiKey == null ? "" : apiKey.strip();
    eventsKey = eventsKey == null ? "" : eventsKey.strip();
    url = url == null ? "" : url.strip().replaceAll("/+$", "");
    if (!isHttp(url)) {
      throw new StartFailure(
          "%surl is not a web address: set %s to one such as https://api.sendgrid.com."
              .formatted(block, variable(block + "url")));
    }
    if (!apiKey.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new StartFailure(
          "%sapi-key has characters that no key has: set %s to the key alone, such as SG.…."
              .formatted(block, variable(block + "api-key")));
    }
  }

  /** The environment variable that sets a property. */
  static String variable(String property) {
    return property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
  }

  /** The variable that sets the key of the API. */
  String apiKeyVariable() {
    return variable(block + "api-key");
  }

  private static boolean isHttp(String url) {
    try {
      var address = URI.create(url);
      return address.getHost() != null && String.valueOf(address.getScheme()).matches("(?i)https?");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "SendGridAccount[" + url + "]";
  }
}
