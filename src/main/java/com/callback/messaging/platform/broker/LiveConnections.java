package com.callback.messaging.platform.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import org.apache.activemq.ActiveMQConnection;
import org.springframework.jms.connection.CachingConnectionFactory;

/**
 * Shares a connection for as long as it lives. Spring's own factory replaces one when it hears that
 * it broke. It does not hear of one that broke while it was made, before anybody listened, and
 * would hand that out for ever.
 */
final class LiveConnections extends CachingConnectionFactory {

  LiveConnections(ConnectionFactory target) {
    super(target);
  }

  @Override
  protected Connection getConnection() throws JMSException {
    var connection = super.getConnection();
    if (connection instanceof ActiveMQConnection shared && shared.isTransportFailed()) {
      resetConnection();
      return super.getConnection();
    }
    return connection;
  }
}
