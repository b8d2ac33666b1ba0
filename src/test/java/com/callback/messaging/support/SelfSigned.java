package com.callback.messaging.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** TLS of a server at 127.0.0.1 whose certificate nobody trusts. */
public final class SelfSigned {

  private SelfSigned() {}

  /**
   * The server's side.
   *
   * @param folder where its key store is made
   */
  public static SSLContext context(Path folder) throws Exception {
    var store = folder.resolve("receiver.p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var made =
        new ProcessBuilder(
                (keytool
                        + " -genkeypair -alias receiver -keyalg EC -dname CN=127.0.0.1 -ext san=ip:127.0.0.1"
                        + " -storetype PKCS12 -storepass changeit -keystore "
                        + store)
                    .split(" "))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(made.waitFor()).isZero();
    var keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  /**
   * The certificate of a server as PEM.
   *
   * @param folder where {@link #context} has made its key store
   */
  public static Path certificate(Path folder) throws Exception {
    var store = folder.resolve("receiver.p12");
    var certificate =
        KeyStore.getInstance(store.toFile(), "changeit".toCharArray()).getCertificate("receiver");
    return Files.writeString(
        folder.resolve("receiver.pem"),
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(certificate.getEncoded())));
  }
}
