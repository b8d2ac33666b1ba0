package com.callback.messaging.platform.health;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.stereotype.Component;

/**
 * Asks a part whether it answers, and waits for a second at most. It has threads of its own: an
 * instance whose callers wait for a place is busy, and its parts are well.
 */
@Component
public class Probe {

  private static final long PATIENCE_SECONDS = 1;

  /** More questions than that at once say that a part does not answer. */
  private static final int MOST = 16;

  private final AsyncTaskExecutor threads;

  @Autowired
  Probe() {
    this(own());
  }

  Probe(AsyncTaskExecutor threads) {
    this.threads = threads;
  }

  private static AsyncTaskExecutor own() {
    var threads = new SimpleAsyncTaskExecutor("health-");
    threads.setDaemon(true);
    threads.setConcurrencyLimit(MOST);
    threads.setRejectTasksWhenLimitReached(true);
    return threads;
  }

  /** Up when the question came to its end in time, whatever the answer; down otherwise. */
  public Health ask(Callable<?> question) {
    try {
      threads.submit(question).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return Health.up().build();
    } catch (ExecutionException | TimeoutException | TaskRejectedException e) {
      return Health.down().build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Health.unknown().build();
    }
  }
}
