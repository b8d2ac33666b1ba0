package com.callback.messaging.delivery.channel.email;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Encrypts connections to mail servers whose certificates come from an authority of the operator,
 * besides those that Java knows. The mail library takes a new socket from it, which has the
 * deadline of all others, and has it encrypted afterwards, for STARTTLS as well.
 */
final class PatientSslSockets extends SSLSocketFactory {

  private final SSLSocketFactory encrypted;
  private final PatientSockets plain;

  PatientSslSockets(SSLSocketFactory encrypted, PatientSockets plain) {
    this.encrypted = encrypted;
    this.plain = plain;
  }

  /** The same on other connections. */
  PatientSslSockets on(PatientSockets others) {
    return new PatientSslSockets(encrypted, others);
  }

  @Override
  public Socket createSocket() {
    return plain.createSocket();
  }

  @Override
  public Socket createSocket(Socket connection, String host, int port, boolean closesConnection)
      throws IOException {
    return encrypted.createSocket(connection, host, port, closesConnection);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return encrypted(plain.createSocket(host, port), host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return encrypted(plain.createSocket(host, port, local, localPort), host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return encrypted(plain.createSocket(host, port), host.getHostAddress(), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return encrypted(plain.createSocket(host, port, local, localPort), host.getHostAddress(), port);
  }

  private Socket encrypted(Socket connection, String host, int port) throws IOException {
    return encrypted.createSocket(connection, host, port, true);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return encrypted.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return encrypted.getSupportedCipherSuites();
  }
}
