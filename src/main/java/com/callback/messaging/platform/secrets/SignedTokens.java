package com.callback.messaging.platform.secrets;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Short texts for links that say something, when they expire, and that this service made them: the
 * content, three bytes for the hour of expiry and 80 bits of a signature, in base64url. Nothing is
 * stored, and nothing is secret but the signature.
 */
@Component
public class SignedTokens {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final int EXPIRY_BYTES = 3;
  private static final int TAG_BYTES = 10;

  private final Seal seal;

  SignedTokens(Seal seal) {
    this.seal = seal;
  }

  /**
   * What a token says.
   *
   * @param expiresAt from when it must not be used any more
   */
  public record Signed(byte[] content, Instant expiresAt) {}

  /**
   * A token.
   *
   * @param purpose what it is good for; a token for one purpose is none for another
   * @param expiresAt is rounded up to the hour
   */
  public String sign(String purpose, byte[] content, Instant expiresAt) {
    var hours = expiresAt.plus(HOUR).toEpochMilli() / HOUR.toMillis();
    var signed =
        ByteBuffer.allocate(content.length + EXPIRY_BYTES)
            .put(content)
            .put((byte) (hours >> Short.SIZE))
            .putShort((short) hours)
            .array();
    var whole =
        ByteBuffer.allocate(signed.length + TAG_BYTES)
            .put(signed)
            .put(seal.tag(purpose, text(signed), TAG_BYTES))
            .array();
    return text(whole);
  }

  /**
   * What a token says, also after it has expired; empty where it was not made here.
   *
   * @param length of its content in bytes
   */
  public Optional<Signed> read(String purpose, String token, int length) {
    var whole = bytes(token);
    var signed = length + EXPIRY_BYTES;
    if (whole.length != signed + TAG_BYTES) {
      return Optional.empty();
    }
    var tag = Arrays.copyOfRange(whole, signed, whole.length);
    if (!seal.matchesTag(purpose, text(Arrays.copyOf(whole, signed)), tag)) {
      return Optional.empty();
    }
    var expiry = ByteBuffer.wrap(whole, length, EXPIRY_BYTES);
    var hours =
        (long) Byte.toUnsignedInt(expiry.get()) << Short.SIZE
            | Short.toUnsignedInt(expiry.getShort());
    return Optional.of(
        new Signed(Arrays.copyOf(whole, length), Instant.EPOCH.plus(HOUR.multipliedBy(hours))));
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Written in one way only: what else decodes to the same bytes is none of ours. */
  private static byte[] bytes(String token) {
    try {
      var bytes = Base64.getUrlDecoder().decode(token);
      return text(bytes).equals(token) ? bytes : new byte[0];
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
