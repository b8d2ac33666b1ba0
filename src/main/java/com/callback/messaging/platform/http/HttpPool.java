package com.callback.messaging.platform.http;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * The threads that HTTP routes run on: bounded, so that a flood is told 503 at once instead of
 * waiting without end. Camel's platform-http picks the bean up by its name.
 */
@Configuration(proxyBeanMethods = false)
class HttpPool {

  @Bean
  AsyncTaskExecutor applicationTaskExecutor(
      @Value("${messaging.http.concurrency}") int concurrency,
      @Value("${messaging.http.queue}") int queue) {
    var executor = new ThreadPoolTaskExecutor();
    executor.setThreadNamePrefix("http-");
    executor.setCorePoolSize(concurrency);
    executor.setMaxPoolSize(concurrency);
    executor.setQueueCapacity(queue);
    executor.setAllowCoreThreadTimeOut(true);
    // Requests that came in before the web server stopped still need a thread.
    executor.setAcceptTasksAfterContextClose(true);
    return executor;
  }
}
