package com.callback.messaging.delivery.channel.webhook;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The text forms of webhook keys in Standard Webhooks 1.0.0: a prefix that says what it is, then
 * base64.
 *
 * <ul>
 *   <li>{@code whsec_}, or no prefix: a shared key of 24 to 64 bytes
 *   <li>{@code whsk_}: an Ed25519 key pair, 32 bytes of seed and 32 of public key
 *   <li>{@code whpk_}: its public half, which verifies and cannot sign
 * </ul>
 */
public final class SigningSecrets {

  private static final String SHARED = "whsec_";
  private static final String KEY_PAIR = "whsk_";
  private static final String PUBLIC = "whpk_";
  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;
  private static final int GENERATED = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private SigningSecrets() {}

  /** Returns a new shared secret of 32 random bytes, such as {@code whsec_C2FVs…}. */
  public static String generate() {
    var key = new byte[GENERATED];
    RANDOM.nextBytes(key);
    return SHARED + Base64.getEncoder().encodeToString(key);
  }

  /**
   * Reads a secret in any of the forms above.
   *
   * @throws IllegalArgumentException with a sentence that does not repeat the secret
   */
  static SigningKey parse(String secret) {
    if (secret == null || secret.isBlank()) {
      throw new IllegalArgumentException(
          "The webhook secret is empty; give one that starts with whsec_ or whsk_.");
    }
    var text = secret.strip();
    if (text.startsWith(KEY_PAIR)) {
      return ed25519(decode(text.substring(KEY_PAIR.length())), 2 * Ed25519Key.HALF);
    }
    if (text.startsWith(PUBLIC)) {
      return ed25519(decode(text.substring(PUBLIC.length())), Ed25519Key.HALF);
    }
    return shared(decode(text.startsWith(SHARED) ? text.substring(SHARED.length()) : text));
  }

  private static SigningKey shared(byte[] key) {
    if (key.length < SHORTEST || key.length > LONGEST) {
      throw new IllegalArgumentException(
          "A webhook secret must hold 24 to 64 bytes once its base64 is decoded; this one holds "
              + key.length
              + ".");
    }
    return new SymmetricKey(key);
  }

  private static SigningKey ed25519(byte[] key, int expected) {
    if (key.length != expected) {
      throw new IllegalArgumentException(
          "An Ed25519 webhook key must hold 64 bytes (whsk_) or 32 bytes (whpk_) once its base64 is"
              + " decoded; this one holds "
              + key.length
              + ".");
    }
    try {
      return key.length == Ed25519Key.HALF ? Ed25519Key.ofPublic(key) : Ed25519Key.ofPair(key);
    } catch (GeneralSecurityException notAPoint) {
      throw new IllegalArgumentException(
          "The public half of the Ed25519 webhook key is not a valid key.");
    }
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      // The cause stays out: its message quotes a character of the secret.
      throw new IllegalArgumentException(
          "A webhook secret must be base64 after its prefix; this one is not.");
    }
  }
}
