package com.callback.messaging.delivery.channel.push;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts a message for one browser, so that the push service between cannot read it: RFC 8291
 * derives the key, RFC 8188 ({@code aes128gcm}) says how the body is laid out. Each message has a
 * key pair and a salt of its own.
 */
final class PushCipher {

  /** The largest text, in bytes: push services must take bodies of 4,096 bytes (RFC 8291, 4). */
  static final int MAX_TEXT = 3_993;

  private static final int RECORD_SIZE = 4_096;
  private static final int SALT = 16;
  private static final int TAG_BITS = 128;
  private static final int KEY = 16;
  private static final int NONCE = 12;

  /** Ends the text of the last record. */
  private static final byte LAST_RECORD = 2;

  private final SecureRandom random = new SecureRandom();

  /**
   * The body of the request.
   *
   * @param text at most {@link #MAX_TEXT} bytes
   * @param browser the public key of the subscription, 65 bytes
   * @param secret its authentication secret, 16 bytes
   */
  byte[] encrypt(byte[] text, byte[] browser, byte[] secret) {
    var salt = new byte[SALT];
    random.nextBytes(salt);
    return encrypt(text, browser, secret, P256.newPair(), salt);
  }

  byte[] encrypt(byte[] text, byte[] browser, byte[] secret, KeyPair own, byte[] salt) {
    if (text.length > MAX_TEXT) {
      throw new IllegalArgumentException("A push message has at most " + MAX_TEXT + " bytes");
    }
    var ownPublic = P256.encoded((ECPublicKey) own.getPublic());
    try {
      var agreement = KeyAgreement.getInstance("ECDH");
      agreement.init(own.getPrivate());
      agreement.doPhase(P256.publicKey(browser), true);
      var info = joined("WebPush: info\0".getBytes(US_ASCII), browser, ownPublic);
      var keyMaterial = hmac(hmac(secret, agreement.generateSecret()), info, 1);
      var prk = hmac(salt, keyMaterial);
      var key = derived(prk, "Content-Encoding: aes128gcm\0", KEY);
      var nonce = derived(prk, "Content-Encoding: nonce\0", NONCE);
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new GCMParameterSpec(TAG_BITS, nonce));
      var sealed = cipher.doFinal(joined(text, new byte[] {LAST_RECORD}));
      return ByteBuffer.allocate(SALT + Integer.BYTES + 1 + ownPublic.length + sealed.length)
          .put(salt)
          .putInt(RECORD_SIZE)
          .put((byte) ownPublic.length)
          .put(ownPublic)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has ECDH, HMAC and AES-GCM", e);
    }
  }

  /** One block of HKDF's second step (RFC 5869, 2.3), cut to a length. */
  private static byte[] derived(byte[] prk, String info, int length)
      throws GeneralSecurityException {
    return Arrays.copyOf(hmac(prk, info.getBytes(US_ASCII), 1), length);
  }

  private static byte[] hmac(byte[] key, byte[] text, int counter) throws GeneralSecurityException {
    return hmac(key, joined(text, new byte[] {(byte) counter}));
  }

  private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text);
  }

  private static byte[] joined(byte[]... parts) {
    var all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(each -> each.length).sum());
    Arrays.stream(parts).forEach(all::put);
    return all.array();
  }
}
