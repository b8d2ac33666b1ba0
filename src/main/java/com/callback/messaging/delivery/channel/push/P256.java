package com.callback.messaging.delivery.channel.push;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;

/**
 * Keys on the curve P-256 as Web Push writes them: a public key is a point of 65 bytes,
 * uncompressed (SEC 1, section 2.3.3), a private key a number of 32 bytes.
 */
final class P256 {

  private static final String NAME = "secp256r1";
  private static final int COORDINATE = 32;
  private static final int POINT = 1 + 2 * COORDINATE;
  private static final byte UNCOMPRESSED = 4;
  private static final ECParameterSpec CURVE = curve();

  private P256() {}

  static KeyPair newPair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(NAME));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw everyJavaHasIt(e);
    }
  }

  static byte[] encoded(ECPublicKey key) {
    var bytes = new byte[POINT];
    bytes[0] = UNCOMPRESSED;
    put(key.getW().getAffineX(), bytes, 1);
    put(key.getW().getAffineY(), bytes, 1 + COORDINATE);
    return bytes;
  }

  static byte[] encoded(ECPrivateKey key) {
    var bytes = new byte[COORDINATE];
    put(key.getS(), bytes, 0);
    return bytes;
  }

  /**
   * @throws IllegalArgumentException for bytes that are no point of the curve: a key agreement with
   *     one would give away the private key
   */
  static ECPublicKey publicKey(byte[] bytes) {
    if (bytes.length != POINT || bytes[0] != UNCOMPRESSED) {
      throw new IllegalArgumentException("A P-256 key has 65 bytes, the first of which is 4");
    }
    var x = new BigInteger(1, Arrays.copyOfRange(bytes, 1, 1 + COORDINATE));
    var y = new BigInteger(1, Arrays.copyOfRange(bytes, 1 + COORDINATE, POINT));
    if (!isOnTheCurve(x, y)) {
      throw new IllegalArgumentException("The point is not on the curve P-256");
    }
    try {
      return (ECPublicKey)
          KeyFactory.getInstance("EC")
              .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), CURVE));
    } catch (GeneralSecurityException e) {
      throw everyJavaHasIt(e);
    }
  }

  static ECPrivateKey privateKey(byte[] bytes) {
    try {
      return (ECPrivateKey)
          KeyFactory.getInstance("EC")
              .generatePrivate(new ECPrivateKeySpec(new BigInteger(1, bytes), CURVE));
    } catch (GeneralSecurityException e) {
      throw everyJavaHasIt(e);
    }
  }

  /** y² = x³ + ax + b, both below p. */
  private static boolean isOnTheCurve(BigInteger x, BigInteger y) {
    var p = ((ECFieldFp) CURVE.getCurve().getField()).getP();
    var right = x.pow(3).add(CURVE.getCurve().getA().multiply(x)).add(CURVE.getCurve().getB());
    return x.compareTo(p) < 0 && y.compareTo(p) < 0 && y.pow(2).mod(p).equals(right.mod(p));
  }

  /** Big-endian, with zeros in front; without the byte of the sign. */
  private static void put(BigInteger number, byte[] into, int at) {
    var bytes = number.toByteArray();
    int from = Math.max(0, bytes.length - COORDINATE);
    int length = bytes.length - from;
    System.arraycopy(bytes, from, into, at + COORDINATE - length, length);
  }

  private static ECParameterSpec curve() {
    try {
      var parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(NAME));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw everyJavaHasIt(e);
    }
  }

  private static IllegalStateException everyJavaHasIt(GeneralSecurityException e) {
    return new IllegalStateException("Every Java has the curve P-256", e);
  }
}
