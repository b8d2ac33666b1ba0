package com.callback.messaging.delivery.channel.email;

import com.callback.messaging.platform.startup.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Trusts certificates of the operator's own authorities besides the authorities that Java knows.
 */
final class OwnAuthorities {

  private OwnAuthorities() {}

  /**
   * Makes encrypted sockets that trust them.
   *
   * @param file certificates as PEM
   * @throws StartFailure if there are none in the file
   */
  static SSLSocketFactory sockets(String file) {
    try {
      var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      var own = read(file);
      var number = 0;
      for (var certificate : own) {
        trusted.setCertificateEntry("own-" + number++, certificate);
      }
      for (var manager : managers(null)) {
        if (manager instanceof X509TrustManager known) {
          for (var certificate : known.getAcceptedIssuers()) {
            trusted.setCertificateEntry("java-" + number++, certificate);
          }
        }
      }
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers(trusted), null);
      return context.getSocketFactory();
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(file);
    }
  }

  private static Collection<? extends Certificate> read(String file)
      throws IOException, GeneralSecurityException {
    try (var content = Files.newInputStream(Path.of(file))) {
      var certificates = CertificateFactory.getInstance("X.509").generateCertificates(content);
      if (certificates.isEmpty()) {
        throw unusable(file);
      }
      return certificates;
    }
  }

  private static TrustManager[] managers(KeyStore trusted) throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory.getTrustManagers();
  }

  private static StartFailure unusable(String file) {
    return new StartFailure(
        "channels.email.trusted-certificates names %s, which has no readable certificate: set CHANNELS_EMAIL_TRUSTED_CERTIFICATES to a PEM file of your authority."
            .formatted(file));
  }
}
