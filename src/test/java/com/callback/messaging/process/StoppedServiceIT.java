package com.callback.messaging.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.FarEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ordinary end: SIGTERM. */
class StoppedServiceIT {

  private static final String READINESS = "/actuator/health/readiness";
  private static final int TERMINATED = 128 + 15;
  // A stop should take a second or two; machines that do other work need more.
  private static final Duration GENEROUS = Duration.ofSeconds(10);

  @TempDir Path folder;

  @AfterEach
  void end() {
    new EmbeddedServer(folder).end();
  }

  @Test
  void stops_quickly_and_loses_nothing() {
    var names = new ConcurrentLinkedQueue<String>();
    try (var service = ServiceProcess.start(folder)) {
      var visitors =
          List.of(visitor("Ada", service.caller(), names), visitor("Bob", service.caller(), names));
      await().atMost(Duration.ofSeconds(60)).until(() -> names.size() >= 20);
      assertThat(stop(service)).isLessThan(GENEROUS);
      visitors.forEach(CompletableFuture::join);
      assertThat(service.output()).doesNotContain("Exception");
    }
    assertThat(new EmbeddedServer(folder).isAlive()).isFalse();
    try (var service = ServiceProcess.start(folder)) {
      allArrive(service.caller(), List.of("email", "sms", "webhook"), names);
      assertThat(service.output()).as("no send while the service starts").doesNotContain("attempt");
    }
  }

  @Test
  void a_receiver_that_hangs_does_not_hold_up_the_stop() {
    try (var receiver = new FarEnd()) {
      receiver.hang();
      try (var service = ServiceProcess.start(folder)) {
        webhooksGoTo(receiver.url());
        service.caller().lead("Ada Patient");
        await().atMost(Duration.ofSeconds(20)).until(() -> !receiver.calls().isEmpty());
        assertThat(stop(service)).isLessThan(GENEROUS);
      }
      receiver.letGo();
      receiver.calls().clear();
      try (var service = ServiceProcess.start(folder)) {
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(
                () ->
                    assertThat(receiver.calls())
                        .anyMatch(call -> call.body().contains("Ada Patient")));
        allArrive(service.caller(), List.of("email", "sms"), List.of("Ada Patient"));
      }
    }
  }

  @Test
  void a_caller_that_follows_readiness_is_neither_refused_nor_cut_by_a_stop() throws Exception {
    var settings = Map.of("MESSAGING_STOP_SERVE_ON", "5s");
    try (var service = ServiceProcess.start(folder, settings)) {
      var ready = new AtomicBoolean(true);
      var failures = new ConcurrentLinkedQueue<String>();
      var accepted = new AtomicInteger();
      var balancer =
          CompletableFuture.runAsync(
              () -> {
                while (ready.get()) {
                  ready.set(service.caller().get(READINESS).statusCode() == 200);
                  pause(Duration.ofMillis(200));
                }
              });
      var visitors =
          Stream.of("Ada", "Bob", "Cleo")
              .map(
                  name ->
                      CompletableFuture.runAsync(
                          () -> {
                            for (int lead = 1; ready.get(); lead++) {
                              try {
                                var answer =
                                    service
                                        .caller()
                                        .tryToAsk(Caller.DEMO_FUNNEL, name + " Number " + lead);
                                if (answer.statusCode() == 202) {
                                  accepted.incrementAndGet();
                                } else {
                                  failures.add("status " + answer.statusCode());
                                }
                              } catch (IOException e) {
                                failures.add(e.toString());
                              }
                              pause(Duration.ofMillis(100));
                            }
                          }))
              .toList();
      await().atMost(Duration.ofSeconds(60)).until(() -> accepted.get() >= 20);
      assertThat(service.terminate().exitCode()).isEqualTo(TERMINATED);
      balancer.join();
      visitors.forEach(CompletableFuture::join);

      assertThat(ready).as("readiness said 503 while it was still answered").isFalse();
      assertThat(failures).isEmpty();
    }
  }

  private static void pause(Duration time) {
    try {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks for call backs one after the other, until nobody answers any more. */
  private static CompletableFuture<Void> visitor(
      String name, Caller caller, Queue<String> accepted) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            for (int lead = 1; ; lead++) {
              var full = "%s Number %04d".formatted(name, lead);
              if (caller.tryToAsk(Caller.DEMO_FUNNEL, full).statusCode() == 202) {
                accepted.add(full);
              }
            }
          } catch (IOException e) {
            // The service has stopped.
          }
        });
  }

  private static Duration stop(ServiceProcess service) {
    long begun = System.nanoTime();
    assertThat(service.terminate().exitCode()).isEqualTo(TERMINATED);
    var took = Duration.ofNanos(System.nanoTime() - begun);
    System.out.printf("A stop took %.1f s%n", took.toMillis() / 1000.0);
    return took;
  }

  private static void allArrive(Caller caller, List<String> channels, Collection<String> names) {
    for (var channel : channels) {
      await()
          .atMost(Duration.ofSeconds(120))
          .pollInterval(Duration.ofMillis(250))
          .untilAsserted(() -> assertThat(caller.missing(channel, names)).as(channel).isEmpty());
    }
  }

  private void webhooksGoTo(String url) {
    new EmbeddedServer(folder)
        .database()
        .sql("update messaging.webhook_subscriptions set url = ?")
        .param(url)
        .update();
  }
}
