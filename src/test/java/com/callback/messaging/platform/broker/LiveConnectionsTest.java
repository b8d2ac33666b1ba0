package com.callback.messaging.platform.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.io.IOException;
import org.apache.activemq.ActiveMQConnection;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;

class LiveConnectionsTest {

  @Test
  void a_connection_that_broke_while_it_was_made_is_replaced_by_the_next_try() throws JMSException {
    var broker = new BreaksTheFirst();
    var shared = new LiveConnections(broker);
    assertThatThrownBy(shared::createConnection).isInstanceOf(JMSException.class);

    // As a listener does after a moment.
    try (var connection = shared.createConnection()) {
      connection.start();
      connection.createSession().close();
      connection.createSession().close();
    } finally {
      shared.destroy();
    }
    assertThat(broker.connections).isEqualTo(2);
  }

  /** A broker that goes away at the moment between a connection and its listener. */
  private static final class BreaksTheFirst extends ActiveMQConnectionFactory {

    private int connections;

    BreaksTheFirst() {
      super("vm://live-connections?broker.persistent=false&broker.useJmx=false");
    }

    @Override
    public Connection createConnection() throws JMSException {
      var connection = (ActiveMQConnection) super.createConnection();
      connections++;
      if (connections == 1) {
        connection.onException(new IOException("The broker went away"));
        await().until(connection::isTransportFailed);
      }
      return connection;
    }
  }
}
