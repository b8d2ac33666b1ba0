package com.callback.messaging.delivery.channel.webhook;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Signature version {@code v1a}: Ed25519; the receiver's half cannot make signatures. */
final class Ed25519Key implements SigningKey {

  /** Bytes of one half: the secret seed, or the public key. */
  static final int HALF = 32;

  private static final String ALGORITHM = "Ed25519";
  private static final String VERSION = "v1a,";

  /** What RFC 8410 puts before the 32 bytes of a public key. */
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final Optional<PrivateKey> seed;
  private final PublicKey publicKey;

  private Ed25519Key(Optional<PrivateKey> seed, PublicKey publicKey) {
    this.seed = seed;
    this.publicKey = publicKey;
  }

  /** A key pair as 64 bytes: the seed, then the public key. */
  static Ed25519Key ofPair(byte[] pair) throws GeneralSecurityException {
    var spec = new EdECPrivateKeySpec(NamedParameterSpec.ED25519, Arrays.copyOf(pair, HALF));
    var seed = KeyFactory.getInstance(ALGORITHM).generatePrivate(spec);
    return new Ed25519Key(
        Optional.of(seed), decodePublicKey(Arrays.copyOfRange(pair, HALF, 2 * HALF)));
  }

  /** The receiver's half, 32 bytes. */
  static Ed25519Key ofPublic(byte[] key) throws GeneralSecurityException {
    return new Ed25519Key(Optional.empty(), decodePublicKey(key));
  }

  private static PublicKey decodePublicKey(byte[] key) throws GeneralSecurityException {
    var encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + HALF);
    System.arraycopy(key, 0, encoded, X509_PREFIX.length, HALF);
    return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
  }

  @Override
  public String sign(byte[] content) {
    var privateKey =
        seed.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "A public key (whpk_…) only verifies webhooks; sign with the secret that starts"
                        + " with whsk_."));
    try {
      var signature = Signature.getInstance(ALGORITHM);
      signature.initSign(privateKey);
      signature.update(content);
      return VERSION + Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is missing from this Java runtime", e);
    }
  }

  @Override
  public boolean matches(String entry, byte[] content) {
    if (!entry.startsWith(VERSION)) {
      return false;
    }
    try {
      var signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(publicKey);
      signature.update(content);
      return signature.verify(Base64.getDecoder().decode(entry.substring(VERSION.length())));
    } catch (SignatureException | IllegalArgumentException malformed) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is missing from this Java runtime", e);
    }
  }
}
