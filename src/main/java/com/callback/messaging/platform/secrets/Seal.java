package com.callback.messaging.platform.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.springframework.stereotype.Component;

/**
 * Signs what goes through other hands, such as a link in a mail, with HMAC-SHA256 under a key of
 * its own for each purpose.
 */
@Component
public class Seal {

  private static final long MOST_DIGITS = 1_000_000;

  private final MasterKeys masters;
  private final SealingKey sealing;

  Seal(MasterKeys masters, SealingKey sealing) {
    this.masters = masters;
    this.sealing = sealing;
  }

  /**
   * The signature of a text: 43 characters of base64url.
   *
   * @param purpose what it is good for, such as {@code sign-in}; a signature for one purpose is
   *     none for another
   */
  public String sign(String purpose, String text) {
    return signed(sealing.key(), purpose, text);
  }

  /** Whether it is the signature of this text, under the key in use or an earlier one. */
  public boolean matches(String purpose, String text, String signature) {
    var given = signature.getBytes(UTF_8);
    var found = false;
    for (var master : masters.all()) {
      found |= MessageDigest.isEqual(signed(master, purpose, text).getBytes(UTF_8), given);
    }
    return found;
  }

  /**
   * The first bytes of a signature, where there is no room for all of it.
   *
   * @param length 10 or more: as many guesses as that takes nobody makes over a network
   */
  public byte[] tag(String purpose, String text, int length) {
    return Arrays.copyOf(hmac(sealing.key(), purpose, text), length);
  }

  /** Whether these are the first bytes of a signature, under the key in use or an earlier one. */
  public boolean matchesTag(String purpose, String text, byte[] tag) {
    var found = false;
    for (var master : masters.all()) {
      found |= MessageDigest.isEqual(Arrays.copyOf(hmac(master, purpose, text), tag.length), tag);
    }
    return found;
  }

  /**
   * Six digits that nobody makes without the key. Whoever compares them counts the guesses.
   *
   * @param text what they are of, such as an id
   */
  public String code(String purpose, String text) {
    return digits(sealing.key(), purpose, text);
  }

  /** Whether these are the digits of a text, under the key in use or an earlier one. */
  public boolean matchesCode(String purpose, String text, String digits) {
    var given = digits.getBytes(UTF_8);
    var found = false;
    for (var master : masters.all()) {
      found |= MessageDigest.isEqual(digits(master, purpose, text).getBytes(UTF_8), given);
    }
    return found;
  }

  private static String digits(MasterKey master, String purpose, String text) {
    var number = ByteBuffer.wrap(hmac(master, purpose, text)).getLong();
    return "%06d".formatted(Math.floorMod(number, MOST_DIGITS));
  }

  private static String signed(MasterKey master, String purpose, String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(master, purpose, text));
  }

  private static byte[] hmac(MasterKey master, String purpose, String text) {
    return MasterKey.hmac(master.derived("signature: " + purpose), text.getBytes(UTF_8));
  }
}
