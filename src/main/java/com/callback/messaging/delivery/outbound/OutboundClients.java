package com.callback.messaging.delivery.outbound;

import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The two clients of routes with an {@code http:} endpoint: one for addresses that customers give,
 * which are checked at each connect, and one for addresses that the operator configures. Each keeps
 * connections of its own. Channels that send batches have such a pair without a thread for each
 * request: {@link AsyncClients}.
 */
@Configuration(proxyBeanMethods = false)
class OutboundClients {

  /** How long a connection is kept at most, so that a moved name is followed. */
  static final TimeValue TIME_TO_LIVE = TimeValue.ofMinutes(5);

  /** What an answer may have before its body: header lines, and characters in each line. */
  static final Http1Config HEAD =
      Http1Config.custom()
          .setMaxHeaderCount(100)
          .setMaxLineLength(8_192)
          .setMaxEmptyLineCount(10)
          .build();

  private final ResponseLimit limit;
  private final OutboundSettings settings;
  private final Timeout connectTimeout;
  private final Timeout responseTimeout;

  OutboundClients(
      ResponseLimit limit,
      OutboundSettings settings,
      @Value("${delivery.connect-timeout-ms}") int connectTimeoutMs,
      @Value("${delivery.response-timeout-ms}") int responseTimeoutMs) {
    this.limit = limit;
    this.settings = settings;
    this.connectTimeout = Timeout.ofMilliseconds(connectTimeoutMs);
    this.responseTimeout = Timeout.ofMilliseconds(responseTimeoutMs);
  }

  /** Calls where a customer says. */
  @Bean
  HttpClientConfigurer customersClient(OutboundRules rules) {
    return client(new CheckedNames(rules, SystemDefaultDnsResolver.INSTANCE));
  }

  /** Calls what the operator configured, wherever that is. */
  @Bean
  HttpClientConfigurer operatorsClient() {
    return client(SystemDefaultDnsResolver.INSTANCE);
  }

  /** A client that finds hosts by these names. */
  HttpClientConfigurer client(DnsResolver names) {
    return client -> {
      client.setConnectionManager(connections(names));
      limit.bound(client);
    };
  }

  private PoolingHttpClientConnectionManager connections(DnsResolver names) {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(names)
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder().http1Config(HEAD).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(connectTimeout)
                .setSocketTimeout(responseTimeout)
                .setTimeToLive(TIME_TO_LIVE)
                // One that the far end closed meanwhile would look as if a request had got lost on
                // it.
                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                .build())
        .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(responseTimeout).build())
        .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(connectTimeout).build())
        .setMaxConnTotal(settings.connections())
        .setMaxConnPerRoute(settings.connectionsPerHost())
        .build();
  }
}
