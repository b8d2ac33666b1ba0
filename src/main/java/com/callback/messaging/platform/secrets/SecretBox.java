package com.callback.messaging.platform.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Seals text with AES-256-GCM (NIST SP 800-38D): {@code enc:v1:<key id>:<base64 of nonce, text and
 * tag>}. A sealed text names what it belongs to, so that it cannot be put in another's place. Each
 * has a random nonce of 12 bytes, which is good for some four billion of them.
 */
@Component
public class SecretBox {

  private static final String MARK = "enc:v1:";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SealingKey sealing;
  private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
  private final SecureRandom random = new SecureRandom();

  SecretBox(MasterKeys masters, SealingKey sealing) {
    this.sealing = sealing;
    masters
        .all()
        .forEach(
            each -> keys.put(each.id(), new SecretKeySpec(each.derived("sealed text"), "AES")));
  }

  /**
   * Seals a text with the newest key that all live instances can open.
   *
   * @param belongsTo what must be said again to open it, such as a table and an id
   */
  public String seal(String text, String belongsTo) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    var current = sealing.key().id();
    var sealed = run(Cipher.ENCRYPT_MODE, current, nonce, text.getBytes(UTF_8), belongsTo);
    var whole = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
    return MARK + current + ":" + Base64.getEncoder().encodeToString(whole);
  }

  /**
   * Opens what was sealed; a text that never was is given as it is, since it may wait to be sealed.
   *
   * @throws UnknownKeyException when it was sealed with a key that is not configured any more, for
   *     something else, or was changed
   */
  public String open(String sealed, String belongsTo) {
    if (!sealed.startsWith(MARK)) {
      return sealed;
    }
    var parts = sealed.substring(MARK.length()).split(":", 2);
    if (parts.length < 2 || !keys.containsKey(parts[0])) {
      throw new UnknownKeyException();
    }
    try {
      var whole = ByteBuffer.wrap(Base64.getDecoder().decode(parts[1]));
      var nonce = new byte[NONCE_BYTES];
      whole.get(nonce);
      var rest = new byte[whole.remaining()];
      whole.get(rest);
      return new String(run(Cipher.DECRYPT_MODE, parts[0], nonce, rest, belongsTo), UTF_8);
    } catch (IllegalArgumentException | java.nio.BufferUnderflowException e) {
      throw new UnknownKeyException();
    }
  }

  /** How every text begins that is sealed with the key that seals now. */
  public String currentMark() {
    return MARK + sealing.key().id() + ":";
  }

  private byte[] run(int mode, String key, byte[] nonce, byte[] input, String belongsTo) {
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, keys.get(key), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(belongsTo.getBytes(UTF_8));
      return cipher.doFinal(input);
    } catch (javax.crypto.AEADBadTagException e) {
      throw new UnknownKeyException();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES in Galois/Counter Mode", e);
    }
  }
}
