package com.callback.messaging.health;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.stereotype.Component;

/** Asks a part whether it answers, and waits for a second at most. */
@Component
public class Probe {

  private static final long PATIENCE_SECONDS = 1;

  private final AsyncTaskExecutor threads;

  Probe(AsyncTaskExecutor threads) {
    this.threads = threads;
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
