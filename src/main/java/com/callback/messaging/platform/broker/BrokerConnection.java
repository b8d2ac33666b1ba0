package com.callback.messaging.platform.broker;

import org.apache.activemq.ActiveMQConnectionFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one connection to the broker that all senders and listeners of this instance share. */
@Configuration(proxyBeanMethods = false)
class BrokerConnection {

  /**
   * The connection.
   *
   * @param user empty for a broker that asks for none
   * @param sessions how many sessions for sending are kept
   */
  @Bean
  LiveConnections jmsConnectionFactory(
      @Value("${spring.activemq.broker-url}") String url,
      @Value("${spring.activemq.user}") String user,
      @Value("${spring.activemq.password}") String password,
      @Value("${spring.jms.cache.session-cache-size}") int sessions) {
    var broker = new ActiveMQConnectionFactory(url);
    if (!user.isEmpty()) {
      broker.setUserName(user);
      broker.setPassword(password);
    }
    var shared = new LiveConnections(broker);
    shared.setSessionCacheSize(sessions);
    return shared;
  }
}
