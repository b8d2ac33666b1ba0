package com.callback.messaging.platform.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * 32 random bytes that all other keys are derived from, by HKDF with SHA-256 (RFC 5869) and a
 * purpose of their own each, so that none says anything about another.
 */
final class MasterKey {

  private static final String HMAC = "HmacSHA256";
  private static final int BYTES = 32;

  private final byte[] extracted;

  private MasterKey(byte[] key) {
    this.extracted = hmac(new byte[BYTES], key);
  }

  /**
   * The key that is written so.
   *
   * @throws IllegalArgumentException when it is not base64 of 32 bytes
   */
  static MasterKey of(String base64) {
    var key = Base64.getDecoder().decode(base64.strip());
    if (key.length != BYTES) {
      throw new IllegalArgumentException("not 32 bytes");
    }
    return new MasterKey(key);
  }

  /** What tells this key from others, and nothing more about it: eight hexadecimal digits. */
  String id() {
    return HexFormat.of().formatHex(derived("key id"), 0, 4);
  }

  /** A key of 32 bytes for one purpose. */
  byte[] derived(String purpose) {
    return expanded(extracted, purpose.getBytes(StandardCharsets.UTF_8), BYTES);
  }

  /** HKDF-Expand (RFC 5869, 2.3). */
  static byte[] expanded(byte[] key, byte[] info, int length) {
    var output = new byte[0];
    var block = new byte[0];
    for (var counter = 1; output.length < length; counter++) {
      block = hmac(key, joined(block, info, new byte[] {(byte) counter}));
      output = joined(output, block);
    }
    return Arrays.copyOf(output, length);
  }

  static byte[] hmac(byte[] key, byte[] text) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + HMAC, e);
    }
  }

  private static byte[] joined(byte[]... parts) {
    var length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    var all = java.nio.ByteBuffer.allocate(length);
    Arrays.stream(parts).forEach(all::put);
    return all.array();
  }
}
