package com.callback.messaging.delivery.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The threads of channels that send each delivery on its own, and of what failed in a batch. Each
 * channel has no more under way than its concurrency slots, so the pool needs no bound of its own,
 * and a channel that hangs takes no thread from another.
 */
@Configuration(proxyBeanMethods = false)
class SendingThreads {

  @Bean(destroyMethod = "shutdown", defaultCandidate = false)
  ExecutorService senders() {
    return Executors.newCachedThreadPool();
  }
}
