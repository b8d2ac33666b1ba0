package com.callback.messaging.platform.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskRejectedException;

class ProbeTest {

  private final Probe probe = new Probe(new SimpleAsyncTaskExecutor());

  @Test
  void a_part_that_answers_is_up() {
    assertThat(probe.ask(() -> null).getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void a_part_that_fails_is_down() {
    assertThat(probe.ask(() -> Integer.parseInt("x")).getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void a_part_that_hangs_is_down_within_a_second() {
    var never = new CountDownLatch(1);
    var health =
        probe.ask(
            () -> {
              never.await();
              return null;
            });
    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    never.countDown();
  }

  @Test
  void what_nobody_has_time_to_ask_is_down() {
    var busy =
        new SimpleAsyncTaskExecutor() {
          @Override
          protected void doExecute(Runnable task) {
            throw new TaskRejectedException("full");
          }
        };
    assertThat(new Probe(busy).ask(() -> null).getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void whoever_is_interrupted_learns_nothing() {
    var never = new CountDownLatch(1);
    Thread.currentThread().interrupt();
    assertThat(
            probe
                .ask(
                    () -> {
                      never.await();
                      return null;
                    })
                .getStatus())
        .isEqualTo(Status.UNKNOWN);
    assertThat(Thread.interrupted()).isTrue();
    never.countDown();
  }
}
