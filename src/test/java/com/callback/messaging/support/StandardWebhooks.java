package com.callback.messaging.support;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.util.List;
import java.util.Map;

/** A receiver that has the official library of Standard Webhooks, and no code of ours. */
public final class StandardWebhooks {

  private StandardWebhooks() {}

  /**
   * Whether one of the signatures of a call is the one that the library makes. Its own look at the
   * time is left out, because tests move ours.
   *
   * @param headers with names in lower case
   * @param secret {@code whsec_…}; the library knows no key pairs
   */
  public static boolean accept(Map<String, String> headers, String body, String secret) {
    var timestamp = Long.parseLong(headers.get("webhook-timestamp"));
    return List.of(headers.get("webhook-signature").split(" "))
        .contains(sign(headers.get("webhook-id"), timestamp, body, secret));
  }

  /** The signature that the library makes. */
  public static String sign(String id, long timestamp, String body, String secret) {
    try {
      return new Webhook(secret).sign(id, timestamp, body);
    } catch (WebhookSigningException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
