package com.callback.messaging.delivery.outbound;

import com.callback.messaging.platform.startup.OperatingMode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Rules as an operator sets them, for tests that start nothing. */
final class Rules {

  static final int SANDBOX_PORT = 8080;

  private Rules() {}

  static OutboundSettings settings(List<String> allowed, String... ports) {
    return new OutboundSettings(allowed, Set.copyOf(Arrays.asList(ports)), null, 300, 64);
  }

  /** In production, as shipped. */
  static OutboundRules production() {
    return new OutboundRules(
        settings(List.of(), "80", "443", "8443"), OperatingMode.PRODUCTION, false, SANDBOX_PORT);
  }

  /** In development, as shipped. */
  static OutboundRules development() {
    return new OutboundRules(
        settings(List.of(), "80", "443", "8443"), OperatingMode.DEVELOPMENT, true, SANDBOX_PORT);
  }

  /** In development, with networks opened and every port. */
  static OutboundRules allowing(String... networks) {
    return new OutboundRules(
        settings(List.of(networks), "any"), OperatingMode.DEVELOPMENT, false, SANDBOX_PORT);
  }

  static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
