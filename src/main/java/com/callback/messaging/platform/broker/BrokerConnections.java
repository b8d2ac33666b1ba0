package com.callback.messaging.platform.broker;

import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.camel.component.activemq.ActiveMQComponent;
import org.apache.camel.spi.ComponentCustomizer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The connections to the broker. All senders of this instance share one. Each listener has one of
 * its own: a shared connection delivers only while it is started, and who started it is counted; a
 * start that fails as the broker goes away makes that count wrong for good.
 */
@Configuration(proxyBeanMethods = false)
class BrokerConnections {

  /**
   * Makes connections.
   *
   * @param user empty for a broker that asks for none
   */
  @Bean
  ActiveMQConnectionFactory jmsConnectionFactory(
      @Value("${spring.activemq.broker-url}") String url,
      @Value("${spring.activemq.user}") String user,
      @Value("${spring.activemq.password}") String password) {
    var broker = new ActiveMQConnectionFactory(url);
    if (!user.isEmpty()) {
      broker.setUserName(user);
      broker.setPassword(password);
    }
    return broker;
  }

  /**
   * Shares one connection among all that send.
   *
   * @param sessions how many sessions are kept
   */
  @Bean(defaultCandidate = false)
  LiveConnections sendingConnection(
      ActiveMQConnectionFactory broker,
      @Value("${spring.jms.cache.session-cache-size}") int sessions) {
    var shared = new LiveConnections(broker);
    shared.setSessionCacheSize(sessions);
    return shared;
  }

  /** Hands them to the listeners and senders in the routes. */
  @Bean
  ComponentCustomizer brokerOfRoutes(
      ActiveMQConnectionFactory broker, @Qualifier("sendingConnection") LiveConnections sending) {
    return ComponentCustomizer.forType(
        ActiveMQComponent.class,
        component -> {
          component.getConfiguration().setListenerConnectionFactory(broker);
          component.getConfiguration().setTemplateConnectionFactory(sending);
        });
  }
}
