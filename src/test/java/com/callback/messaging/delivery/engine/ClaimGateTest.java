package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class ClaimGateTest {

  private final CountDownLatch answer = new CountDownLatch(1);
  private final CamelContext camel = new DefaultCamelContext();
  private ClaimGate claimGate;

  @BeforeEach
  void start() throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("seda:work?pollTimeout=10").routeId("pigeon-worker").process(exchange -> answer.await());
            from("seda:other?pollTimeout=10").routeId("other").process(exchange -> answer.await());
          }
        });
    camel.start();
    var beans = new StaticListableBeanFactory();
    beans.addBean("camel", camel);
    claimGate =
        new ClaimGate(
            beans.getBeanProvider(CamelContext.class), new Settlements(new ObjectMapper(), null));
    claimGate.start();
    claimGate.answers();
  }

  @AfterEach
  void stop() {
    answer.countDown();
    camel.stop();
  }

  @Test
  void nothing_may_be_claimed_before_the_service_answers() {
    var starting =
        new ClaimGate(
            new StaticListableBeanFactory().getBeanProvider(CamelContext.class),
            new Settlements(new ObjectMapper(), null));
    starting.start();
    assertThat(starting.allows(16)).isZero();
    starting.answers();
    assertThat(starting.allows(16)).isEqualTo(16);
  }

  @Test
  void a_batch_may_be_claimed_until_the_service_stops() {
    assertThat(claimGate.allows(16)).isEqualTo(16);
    claimGate.stop();
    assertThat(claimGate.allows(16)).isZero();
    assertThat(claimGate.isRunning()).isFalse();
  }

  @Test
  void a_stop_waits_for_what_is_being_sent() {
    send("seda:work", "pigeon-worker");
    var stop = CompletableFuture.runAsync(claimGate::stop);
    await().until(() -> claimGate.allows(16) == 0);
    assertThat(stop).isNotDone();
    answer.countDown();
    stop.join();
    assertThat(camel.getInflightRepository().size("pigeon-worker")).isZero();
  }

  @Test
  void a_stop_does_not_wait_for_ever() {
    send("seda:work", "pigeon-worker");
    claimGate.stop();
    assertThat(camel.getInflightRepository().size("pigeon-worker")).isOne();
  }

  @Test
  void a_stop_waits_for_no_other_route() {
    send("seda:other", "other");
    claimGate.stop();
    assertThat(camel.getInflightRepository().size("other")).isOne();
  }

  private void send(String endpoint, String route) {
    camel.createProducerTemplate().sendBody(endpoint, "a batch");
    await().until(() -> camel.getInflightRepository().size(route) == 1);
  }
}
