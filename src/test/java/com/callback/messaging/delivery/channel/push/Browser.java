package com.callback.messaging.delivery.channel.push;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** What a browser does with a push message: the other side of RFC 8291 and RFC 8188. */
final class Browser {

  private static final int KEY_BYTES = 16;

  private final KeyPair keys = P256.newPair();
  private final byte[] secret = new byte[KEY_BYTES];

  Browser() {
    new SecureRandom().nextBytes(secret);
  }

  byte[] publicKey() {
    return P256.encoded((ECPublicKey) keys.getPublic());
  }

  byte[] secret() {
    return secret.clone();
  }

  String p256dh() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(publicKey());
  }

  String auth() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /** The text of a body with one record. */
  String read(byte[] body) {
    var in = ByteBuffer.wrap(body);
    var salt = next(in, KEY_BYTES);
    var recordSize = in.getInt();
    var sender = next(in, in.get());
    var sealed = next(in, in.remaining());
    if (sealed.length > recordSize) {
      throw new AssertionError("The record is larger than it says");
    }
    try {
      var agreement = KeyAgreement.getInstance("ECDH");
      agreement.init(keys.getPrivate());
      agreement.doPhase(P256.publicKey(sender), true);
      var info = ByteBuffer.allocate(14 + 65 + 65 + 1);
      info.put("WebPush: info\0".getBytes(US_ASCII)).put(publicKey()).put(sender).put((byte) 1);
      var material = hmac(hmac(secret, agreement.generateSecret()), info.array());
      var random = hmac(salt, material);
      var key = hmac(random, "Content-Encoding: aes128gcm\0\1".getBytes(US_ASCII));
      var nonce = hmac(random, "Content-Encoding: nonce\0\1".getBytes(US_ASCII));
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(Arrays.copyOf(key, KEY_BYTES), "AES"),
          new GCMParameterSpec(128, Arrays.copyOf(nonce, 12)));
      var text = cipher.doFinal(sealed);
      if (text[text.length - 1] != 2) {
        throw new AssertionError("The last record does not say that it is the last");
      }
      return new String(text, 0, text.length - 1, UTF_8);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("A browser cannot read this", e);
    }
  }

  private static byte[] next(ByteBuffer in, int length) {
    var bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text);
  }
}
