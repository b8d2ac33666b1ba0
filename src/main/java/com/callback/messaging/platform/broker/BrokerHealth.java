package com.callback.messaging.platform.broker;

import com.callback.messaging.platform.health.Probe;
import jakarta.jms.JMSException;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Says within a second whether the broker answers. Without it leads are still taken and delivered,
 * only some moments later: so it is no part of readiness.
 */
@Component("broker")
class BrokerHealth implements HealthIndicator {

  private final ActiveMQConnectionFactory broker;
  private final Probe probe;

  BrokerHealth(ActiveMQConnectionFactory broker, Probe probe) {
    this.broker = broker;
    this.probe = probe;
  }

  @Override
  public Health health() {
    return probe.ask(this::connect);
  }

  private Void connect() throws JMSException {
    try (var connection = broker.createConnection()) {
      connection.start();
      return null;
    }
  }
}
