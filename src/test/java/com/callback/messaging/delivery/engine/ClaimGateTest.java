package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.MovableClock;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;

class ClaimGateTest {

  private final Map<String, Object> pigeon =
      Map.of(
          "id",
          UUID.randomUUID(),
          "business_id",
          UUID.randomUUID(),
          "queue_id",
          UUID.randomUUID(),
          "attempt",
          1,
          "deliveries",
          1,
          "more",
          false);
  private final OutcomeQueue outcomeQueue =
      new OutcomeQueue(new ObjectMapper(), Burdens.settings());
  private final StaticListableBeanFactory beans = new StaticListableBeanFactory();
  private final ClaimGate claimGate =
      new ClaimGate(beans.getBeanProvider(Admission.class), outcomeQueue);
  private final Admission admission = admission();

  @BeforeEach
  void start() {
    beans.addBean("admission", admission);
    claimGate.start();
    claimGate.answers();
  }

  @Test
  void nothing_may_be_claimed_before_the_service_answers() {
    var starting = new ClaimGate(beans.getBeanProvider(Admission.class), outcomeQueue);
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
    var quotas = send();
    var stop = CompletableFuture.runAsync(claimGate::stop);
    await().until(() -> claimGate.allows(16) == 0);
    assertThat(stop).isNotDone();
    admission.done("pigeon", quotas, pigeon, "loft", List.of());
    stop.join();
    assertThat(admission.isSending()).isFalse();
  }

  @Test
  void a_stop_does_not_wait_for_ever() {
    send();
    claimGate.stop();
    assertThat(admission.isSending()).isTrue();
  }

  private ClaimQuotas send() {
    var quotas = admission.quotas("pigeon", List.of(pigeon));
    admission.claimed("pigeon", quotas, List.of(pigeon));
    assertThat(admission.isSending()).isTrue();
    return quotas;
  }

  private Admission admission() {
    var clock = new MovableClock();
    var channels =
        new Channels(new MockEnvironment().withProperty("channels.pigeon.providers", "loft"));
    var hosts = Burdens.hosts(clock);
    return new Admission(
        channels,
        hosts,
        Burdens.providers(channels, hosts),
        claimGate,
        outcomeQueue,
        new Leases(outcomeQueue, Burdens.settings(), clock));
  }
}
