package com.callback.messaging.platform.broker;

import com.callback.messaging.platform.startup.StartFailure;
import jakarta.jms.ConnectionFactory;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

/**
 * The connection to the broker of the channel {@code queue}: the one that the service itself uses,
 * or one of the platform. It is made for the route that needs it, so a channel that is off has
 * none.
 */
@Configuration(proxyBeanMethods = false)
class QueueBroker {

  /**
   * Shares one connection among all that put leads on the queue.
   *
   * @param isEnabled whether the channel is; nothing is looked at otherwise
   * @param url empty for the broker of the service
   * @param user empty for a broker that asks for none
   * @param deadlineMs how long the broker may take for one message
   */
  @Bean(defaultCandidate = false)
  ConnectionFactory queueConnection(
      @Qualifier("sendingConnection") LiveConnections ofTheService,
      @Value("${channels.queue.enabled}") boolean isEnabled,
      @Value("${channels.queue.url}") String url,
      @Value("${channels.queue.username}") String user,
      @Value("${channels.queue.password}") String password,
      @Value("${delivery.deadline-ms}") int deadlineMs,
      @Value("${messaging.embedded.broker}") boolean isEmbedded) {
    if (!isEnabled) {
      return ofTheService;
    }
    if (!StringUtils.hasText(url)) {
      if (isEmbedded) {
        throw new StartFailure(
            "channels.queue has no broker that others can read from: set CHANNELS_QUEUE_URL or SPRING_ACTIVEMQ_BROKER_URL, or CHANNELS_QUEUE_ENABLED=false.");
      }
      return ofTheService;
    }
    var broker = factory(url.strip());
    broker.setSendTimeout(deadlineMs);
    if (!user.isEmpty()) {
      broker.setUserName(user);
      broker.setPassword(password);
    }
    return new LiveConnections(broker);
  }

  private static ActiveMQConnectionFactory factory(String url) {
    try {
      return new ActiveMQConnectionFactory(url);
    } catch (IllegalArgumentException e) {
      throw new StartFailure(
          "CHANNELS_QUEUE_URL is not the address of a broker: write it as tcp://host:61616.");
    }
  }
}
