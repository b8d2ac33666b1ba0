package com.callback.messaging.delivery.channel.email.sendgrid;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.callback.messaging.platform.startup.StartFailure;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * The signature of SendGrid's Event Webhook: ECDSA with P-256 and SHA-256, in DER, over the
 * timestamp directly followed by the body as it arrived. A body that was parsed and written again
 * does not match.
 */
final class EventSignature {

  private static final int P_256 = 256;

  private final PublicKey key;

  /**
   * @param block of the settings of the account, such as {@code channels.email.sendgrid.}
   * @param publicKey in base64 as SendGrid shows it, with or without the lines of PEM around it
   * @throws StartFailure if it is not a public key on P-256
   */
  EventSignature(String block, String publicKey) {
    this.key = read(block + "events-key", publicKey.replaceAll("-----[A-Z ]+-----|\\s", ""));
  }

  private static PublicKey read(String setting, String base64) {
    try {
      var read =
          KeyFactory.getInstance("EC")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
      if (read instanceof ECPublicKey curve
          && curve.getParams().getCurve().getField().getFieldSize() == P_256) {
        return read;
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // The sentence below says it.
    }
    throw new StartFailure(
        "%s is not a public key: set %s to the key that SendGrid shows for the signed Event Webhook."
            .formatted(setting, SendGridAccount.variable(setting)));
  }

  /** Whether the holder of the key signed these bytes with this timestamp. */
  boolean matches(String signature, String timestamp, byte[] body) {
    try {
      var verifier = Signature.getInstance("SHA256withECDSA");
      verifier.initVerify(key);
      verifier.update(timestamp.getBytes(UTF_8));
      verifier.update(body);
      return verifier.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Not base64, or not DER.
      return false;
    }
  }
}
