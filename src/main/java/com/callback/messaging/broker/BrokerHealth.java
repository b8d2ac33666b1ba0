package com.callback.messaging.broker;

import jakarta.jms.ConnectionFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.stereotype.Component;

/**
 * Says within a second whether the broker answers. Without it leads are still taken and delivered,
 * only some moments later: so it is no part of readiness.
 */
@Component("broker")
class BrokerHealth implements HealthIndicator {

  private final ConnectionFactory connections;
  private final AsyncTaskExecutor threads;

  BrokerHealth(ConnectionFactory connections, AsyncTaskExecutor threads) {
    this.connections = connections;
    this.threads = threads;
  }

  @Override
  public Health health() {
    var answer = CompletableFuture.runAsync(this::connect, threads);
    try {
      answer.get(1, TimeUnit.SECONDS);
      return Health.up().build();
    } catch (ExecutionException | TimeoutException e) {
      return Health.down()
          .withDetail("broker", "does not answer; deliveries go on by the sweep")
          .build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Health.unknown().build();
    }
  }

  private void connect() {
    try (var connection = connections.createConnection()) {
      connection.start();
    } catch (jakarta.jms.JMSException e) {
      throw new IllegalStateException(e);
    }
  }
}
