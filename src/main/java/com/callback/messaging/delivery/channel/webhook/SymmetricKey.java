package com.callback.messaging.delivery.channel.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signature version {@code v1}: HMAC-SHA256 with a key that sender and receiver share. */
final class SymmetricKey implements SigningKey {

  private static final String ALGORITHM = "HmacSHA256";
  private static final String VERSION = "v1,";

  private final SecretKeySpec key;

  SymmetricKey(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  @Override
  public String sign(byte[] content) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return VERSION + Base64.getEncoder().encodeToString(mac.doFinal(content));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is missing from this Java runtime", e);
    }
  }

  @Override
  public boolean matches(String signature, byte[] content) {
    // An ordinary comparison stops at the first difference, and its duration tells a forger how
    // far.
    return MessageDigest.isEqual(sign(content).getBytes(UTF_8), signature.getBytes(UTF_8));
  }
}
