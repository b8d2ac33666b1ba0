package com.callback.messaging.delivery.channel.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** What a webhook signature covers, per Standard Webhooks 1.0.0: {@code id.timestamp.body}. */
final class SignedContent {

  private SignedContent() {}

  static byte[] of(String id, String timestamp, byte[] body) {
    var content = new ByteArrayOutputStream();
    content.writeBytes((id + "." + timestamp + ".").getBytes(UTF_8));
    content.writeBytes(body);
    return content.toByteArray();
  }
}
