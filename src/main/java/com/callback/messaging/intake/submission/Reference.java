package com.callback.messaging.intake.submission;

import com.callback.messaging.platform.secrets.Sha256;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The short name of a message that a person can read out on the phone, such as {@code 7F3K-9Q2M}.
 *
 * <p>Made of the first 40 bits of the SHA-256 of the id's 16 bytes (most significant first),
 * written in Crockford's base32 (crockford.com/base32.html), which has no I, L, O and U. It helps
 * to find a message and does not identify it: among a million messages some two will share one.
 */
public final class Reference {

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int CHARACTERS = 8;
  private static final int BITS_PER_CHARACTER = 5;

  private Reference() {}

  /** Returns eight characters with a dash in the middle, always the same for the same id. */
  public static String of(UUID id) {
    var bits = firstLong(Sha256.of(bytes(id)));
    var text = new StringBuilder();
    for (var i = 1; i <= CHARACTERS; i++) {
      var value = (int) (bits >>> (Long.SIZE - i * BITS_PER_CHARACTER)) & (ALPHABET.length() - 1);
      text.append(ALPHABET.charAt(value));
    }
    return text.insert(CHARACTERS / 2, '-').toString();
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static long firstLong(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong();
  }
}
