package com.callback.messaging.platform.startup;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.core.env.PropertyResolver;
import org.springframework.util.StringUtils;

/**
 * The port the service will listen on, known before anything slow starts.
 *
 * @param address null for all of the machine's addresses
 * @param number 0 for one the machine chooses, -1 for none
 */
record ServerPort(InetAddress address, int number) {

  /**
   * Systems give outgoing connections ports from 32,768 on. Until the service listens, some seconds
   * later, one of them could take a port of theirs.
   */
  private static final int LOWEST = 10_000;

  private static final int BELOW_OUTGOING = 32_768;
  private static final int TRIES = 20;

  static ServerPort of(PropertyResolver settings) {
    return new ServerPort(
        address(settings.getProperty("server.address")),
        number(settings.getProperty("server.port", "8080").trim()));
  }

  /** The same port; or a free one where the machine may choose, since others must be told now. */
  ServerPort requireFree() {
    if (number < 0) {
      return this;
    }
    for (int i = 0; number == 0 && i < TRIES; i++) {
      var chosen =
          new ServerPort(address, ThreadLocalRandom.current().nextInt(LOWEST, BELOW_OUTGOING));
      if (chosen.isFree()) {
        return chosen;
      }
    }
    try {
      return new ServerPort(address, bound());
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private boolean isFree() {
    try {
      return bound() == number;
    } catch (IOException e) {
      return false;
    }
  }

  private int bound() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address, number));
      return socket.getLocalPort();
    }
  }

  /** Where this process reaches itself, without a path. */
  String localUrl() {
    boolean everywhere = address == null || address.isAnyLocalAddress();
    return "http://" + (everywhere ? "127.0.0.1" : bracketed()) + ":" + number;
  }

  private static String taken(int port) {
    return "Port "
        + port
        + " is taken: stop the program that listens there, or set SERVER_PORT to another port.";
  }

  private String bracketed() {
    String host = address.getHostAddress();
    return host.contains(":") ? "[" + host + "]" : host;
  }

  private StartFailure refused(IOException e) {
    String reason = String.valueOf(e.getMessage());
    if (reason.contains("ermission denied")) {
      return new StartFailure(
          "Port "
              + number
              + " may not be opened by this user: set SERVER_PORT to a port above 1023.",
          e);
    }
    if (e instanceof BindException && reason.contains("assign")) {
      return new StartFailure(
          "This machine does not have the address "
              + address.getHostAddress()
              + ": correct SERVER_ADDRESS, or set it to 0.0.0.0 to listen everywhere.",
          e);
    }
    return new StartFailure(taken(number), e);
  }

  private static InetAddress address(String name) {
    try {
      return StringUtils.hasText(name) ? InetAddress.getByName(name.trim()) : null;
    } catch (UnknownHostException e) {
      throw new StartFailure(
          "The address '"
              + name
              + "' is unknown: correct SERVER_ADDRESS, or set it to 0.0.0.0 to listen everywhere.",
          e);
    }
  }

  private static int number(String text) {
    if (text.matches("-1|\\d{1,5}") && Integer.parseInt(text) <= 65_535) {
      return Integer.parseInt(text);
    }
    throw new StartFailure(
        "server.port is '" + text + "': set SERVER_PORT to a number between 1 and 65535.");
  }
}
