package com.callback.messaging.delivery.channel.email;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Makes the connections to mail servers, each with the same deadline. */
final class PatientSockets extends SocketFactory {

  private final long deadlineMs;
  private PatientSocket latest;

  PatientSockets(long deadlineMs) {
    this.deadlineMs = deadlineMs;
  }

  /** Others with the same deadline. */
  PatientSockets others() {
    return new PatientSockets(deadlineMs);
  }

  /** The deadline of the latest connection begins anew. */
  void restart() {
    if (latest != null) {
      latest.restart();
    }
  }

  @Override
  public Socket createSocket() {
    latest = new PatientSocket(deadlineMs);
    return latest;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
  }

  private Socket connected(InetSocketAddress server, InetSocketAddress local) throws IOException {
    var socket = createSocket();
    if (local != null) {
      socket.bind(local);
    }
    socket.connect(server, 0);
    return socket;
  }
}
