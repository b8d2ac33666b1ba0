package com.callback.messaging.platform.startup;

import java.util.List;
import java.util.Set;

/** Holds the address of a broker against what the service can live with. Does not connect. */
final class ConfiguredBroker {
  private static final Set<String> TRANSPORTS =
      Set.of("tcp", "ssl", "nio", "nio+ssl", "auto", "auto+ssl", "auto+nio", "failover", "vm");

  private ConfiguredBroker() {}

  static void check(String url) {
    String transport = url.trim().split(":", 2)[0];
    if (!url.contains(":") || !TRANSPORTS.contains(transport)) {
      throw new StartFailure(
          "SPRING_ACTIVEMQ_BROKER_URL is not the address of a broker: write it as"
              + " tcp://host:61616.");
    }
    // The listeners reconnect for ever by themselves. A transport that also does makes every sender
    // wait for the broker, and a visitor with it.
    if (transport.equals("failover") && !givesUpAtOnce(url)) {
      throw new StartFailure(
          "A failover: broker address must not wait for the broker: add"
              + " ?startupMaxReconnectAttempts=0&maxReconnectAttempts=0 to"
              + " SPRING_ACTIVEMQ_BROKER_URL.");
    }
  }

  private static boolean givesUpAtOnce(String url) {
    // Options inside the parentheses belong to the single brokers.
    String own = url.substring(url.lastIndexOf(')') + 1);
    int question = own.indexOf('?');
    List<String> options = List.of(own.substring(question + 1).split("&"));
    return question >= 0
        && options.contains("startupMaxReconnectAttempts=0")
        && options.contains("maxReconnectAttempts=0");
  }
}
