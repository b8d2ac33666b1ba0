package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.seda.SedaComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class WakeUpsTest {

  private final Semaphore mayRun = new Semaphore(0);
  private final Queue<String> woken = new ConcurrentLinkedQueue<>();
  private final Queue<Object> failed = new ConcurrentLinkedQueue<>();
  private final CamelContext camel = new DefaultCamelContext();
  private WakeUps wakeUps;

  @BeforeEach
  void start() throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("seda:record?size=1").process(exchange -> wake("record"));
            from("seda:deliver.pigeon?size=2").process(exchange -> wake("pigeon"));
            from("seda:failed?size=100000")
                .process(exchange -> failed.add(exchange.getMessage().getBody()));
          }
        });
    camel.start();
    var beans = new StaticListableBeanFactory();
    beans.addBean("camel", camel);
    wakeUps = new WakeUps(beans.getBeanProvider(CamelContext.class));
  }

  @AfterEach
  void stop() {
    mayRun.release(100);
    camel.stop();
  }

  @Test
  void one_wake_up_that_waits_is_enough() {
    wakeUps.record();
    await().until(() -> woken.size() == 1);
    wakeUps.record();
    wakeUps.record();
    wakeUps.record();
    assertThat(waiting("seda://record")).isEqualTo(1);
    wakeUps.claim("pigeon");
    await().until(() -> woken.contains("pigeon"));
    mayRun.release(3);
    await().until(() -> woken.stream().filter("record"::equals).count() == 2);
    assertThat(waiting("seda://record")).isZero();
  }

  @Test
  void a_channel_that_this_instance_does_not_serve_is_not_woken() {
    assertThatCode(() -> wakeUps.claim("raven")).doesNotThrowAnyException();
    assertThat(waiting("seda://deliver.raven")).isZero();
  }

  @Test
  void a_failed_attempt_is_handed_over() {
    var attempt = new Attempt("pigeon", null, null, null);
    wakeUps.decide(attempt);
    await().until(() -> failed.contains(attempt));
  }

  @Test
  void nothing_is_woken_once_the_routes_have_stopped() {
    camel.stop();
    assertThatCode(
            () -> {
              wakeUps.record();
              wakeUps.claim("pigeon");
              wakeUps.decide(new Attempt("pigeon", null, null, null));
            })
        .doesNotThrowAnyException();
    assertThat(woken).isEmpty();
    assertThat(failed).isEmpty();
  }

  private void wake(String route) throws InterruptedException {
    woken.add(route);
    mayRun.acquire();
  }

  private int waiting(String queue) {
    var queues = camel.getComponent("seda", SedaComponent.class).getQueues();
    return queues.containsKey(queue) ? queues.get(queue).getQueue().size() : 0;
  }
}
