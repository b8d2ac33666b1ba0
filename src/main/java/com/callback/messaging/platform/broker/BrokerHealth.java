package com.callback.messaging.platform.broker;

import com.callback.messaging.platform.health.Probe;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.jms.connection.SingleConnectionFactory;
import org.springframework.stereotype.Component;

/**
 * Says within a second whether the broker answers. Without it leads are still taken and delivered,
 * only some moments later: so it is no part of readiness.
 */
@Component("broker")
class BrokerHealth implements HealthIndicator {

  private final ConnectionFactory connections;
  private final Probe probe;

  BrokerHealth(ConnectionFactory connections, Probe probe) {
    this.connections = unshared(connections);
    this.probe = probe;
  }

  @Override
  public Health health() {
    return probe.ask(this::connect);
  }

  /** What makes a connection of its own each time: only that asks the broker anything. */
  private static ConnectionFactory unshared(ConnectionFactory connections) {
    return connections instanceof SingleConnectionFactory shared
        ? shared.getTargetConnectionFactory()
        : connections;
  }

  private Void connect() throws JMSException {
    try (var connection = connections.createConnection()) {
      connection.start();
      return null;
    }
  }
}
