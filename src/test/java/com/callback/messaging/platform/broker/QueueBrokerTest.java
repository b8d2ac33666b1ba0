package com.callback.messaging.platform.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.platform.startup.StartFailure;
import jakarta.jms.ConnectionFactory;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which broker the queue of the platform is on. */
class QueueBrokerTest {

  private final LiveConnections ofTheService =
      new LiveConnections(new ActiveMQConnectionFactory("vm://unused"));

  private ConnectionFactory broker(String url, boolean isEmbedded) {
    return new QueueBroker().queueConnection(ofTheService, true, url, "", "", 1_000, isEmbedded);
  }

  @Test
  void the_queue_is_on_the_broker_of_the_service_unless_another_one_is_set() {
    assertThat(broker(" ", false)).isSameAs(ofTheService);
    assertThat(new QueueBroker().queueConnection(ofTheService, false, "", "", "", 1_000, true))
        .isSameAs(ofTheService);
    assertThat(broker("tcp://broker.example.com:61616", true)).isNotSameAs(ofTheService);
  }

  @Test
  void an_embedded_broker_that_nobody_else_can_read_from_stops_the_start() {
    assertThatThrownBy(() -> broker("", true))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("set CHANNELS_QUEUE_URL or SPRING_ACTIVEMQ_BROKER_URL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"not a URL", "tcp://[::1"})
  void an_address_that_is_not_one_stops_the_start(String url) {
    assertThatThrownBy(() -> broker(url, false))
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "CHANNELS_QUEUE_URL is not the address of a broker: write it as tcp://host:61616.");
  }
}
