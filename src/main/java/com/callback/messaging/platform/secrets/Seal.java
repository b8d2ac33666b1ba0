package com.callback.messaging.platform.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

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

  private static String signed(MasterKey master, String purpose, String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(master, purpose, text));
  }

  private static byte[] hmac(MasterKey master, String purpose, String text) {
    return MasterKey.hmac(master.derived("signature: " + purpose), text.getBytes(UTF_8));
  }
}
