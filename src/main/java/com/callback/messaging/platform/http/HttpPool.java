package com.callback.messaging.platform.http;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * The threads that HTTP routes run on: bounded, so that a flood is told 503 at once instead of
 * waiting without end. Camel's platform-http picks the bean up by its name.
 */
@Configuration(proxyBeanMethods = false)
class HttpPool {

  private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

  @Bean
  AsyncTaskExecutor applicationTaskExecutor(
      @Value("${messaging.http.concurrency}") int concurrency,
      @Value("${messaging.http.queue}") int queue) {
    return Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS
        ? virtual(concurrency + queue)
        : pooled(concurrency, queue);
  }

  private static AsyncTaskExecutor virtual(int limit) {
    var executor = new SimpleAsyncTaskExecutor("http-");
    executor.setVirtualThreads(true);
    executor.setConcurrencyLimit(limit);
    executor.setRejectTasksWhenLimitReached(true);
    return executor;
  }

  private static AsyncTaskExecutor pooled(int concurrency, int queue) {
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
