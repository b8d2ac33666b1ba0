package com.callback.messaging.delivery.engine;

import static com.callback.messaging.delivery.engine.Burdens.PER_HOST;
import static com.callback.messaging.delivery.engine.Burdens.REST;
import static com.callback.messaging.delivery.engine.Burdens.TRIALS;
import static com.callback.messaging.delivery.engine.Burdens.request;
import static com.callback.messaging.delivery.engine.Burdens.unconnected;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.MovableClock;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsTest {

  private static final UUID BUSINESS = UUID.randomUUID();
  private static final String NAME = "hooks.example:443";
  private static final Target HOST = new Target(NAME, new UUID(0, 1), BUSINESS);
  private static final Target NEIGHBOUR = new Target(NAME, new UUID(0, 2), BUSINESS);

  private final MovableClock clock = new MovableClock();
  private final Hosts hosts = Burdens.hosts(clock);

  @Test
  void a_host_has_no_more_calls_at_once_than_its_limit() {
    IntStream.range(0, PER_HOST).forEach(i -> assertThat(hosts.tryAcquire(HOST, true)).isTrue());

    assertThat(hosts.tryAcquire(HOST, true)).isFalse();
    assertThat(hosts.tryAcquire(new Target("other.example:443", new UUID(0, 3), BUSINESS), true))
        .isTrue();
    hosts.release(HOST);
    assertThat(hosts.tryAcquire(HOST, true)).isTrue();
    hosts.done(HOST, request("accepted", 200, 10));
    assertThat(hosts.tryAcquire(HOST, true)).isTrue();
    assertThat(hosts.tryAcquire(HOST, true)).isFalse();
  }

  @Test
  void names_that_customers_choose_are_not_remembered_without_bound() {
    for (int i = 0; i < 12_000; i++) {
      var target = new Target("a" + i + ".example:443", new UUID(1, i), BUSINESS);
      hosts.tryAcquire(target, true);
      hosts.release(target);
    }
    assertThat(hosts.remembersHowMany()).isLessThanOrEqualTo(20_000);
  }

  @ParameterizedTest
  @CsvSource({
    "temporary, , 10",
    "unknown, , 12000",
    "temporary, 502, 10",
    "temporary, 503, 10",
    "temporary, 504, 10",
    "accepted, 200, 6000"
  })
  void an_endpoint_that_does_not_answer_or_slowly_is_left_alone_and_its_neighbours_are_not(
      String outcome, Integer status, long durationMs) {
    requests(4, outcome, status, durationMs);

    assertThat(hosts.isOpen(HOST.name())).isTrue();
    assertThat(hosts.tryAcquire(HOST, true)).isFalse();
    assertThat(hosts.tryAcquire(NEIGHBOUR, true)).isTrue();
    clock.advance(REST.plusSeconds(1));
    assertThat(hosts.tryAcquire(HOST, true)).isTrue();
  }

  @Test
  void a_host_that_cannot_be_connected_to_is_left_alone_for_all() {
    for (int i = 0; i < 4; i++) {
      hosts.tryAcquire(HOST, true);
      hosts.done(HOST, unconnected());
    }

    assertThat(hosts.tryAcquire(NEIGHBOUR, true)).isFalse();
    clock.advance(REST.plusSeconds(1));
    assertThat(hosts.tryAcquire(NEIGHBOUR, true)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "permanent, 400",
    "permanent, 404",
    "permanent, 410",
    "permanent, ",
    "temporary, 429",
    "temporary, 500",
    "accepted, 200"
  })
  void what_an_endpoint_itself_answers_says_nothing_of_its_host(String outcome, Integer status) {
    requests(20, outcome, status, 10);

    assertThat(hosts.isOpen(HOST.name())).isFalse();
  }

  @Test
  void what_was_never_called_says_nothing() {
    for (int i = 0; i < 20; i++) {
      hosts.tryAcquire(HOST, true);
      hosts.done(HOST, List.of());
    }
    requests(3, "temporary", null, 10);

    assertThat(hosts.isOpen(HOST.name())).isFalse();
  }

  @Test
  void after_its_rest_a_few_calls_find_out_that_it_is_well() {
    requests(4, "temporary", null, 10);
    clock.advance(REST.plusSeconds(1));

    IntStream.range(0, TRIALS).forEach(i -> assertThat(hosts.tryAcquire(HOST, true)).isTrue());
    assertThat(hosts.tryAcquire(HOST, true)).as("one more than is tried").isFalse();
    IntStream.range(0, TRIALS).forEach(i -> hosts.done(HOST, request("accepted", 200, 10)));

    requests(PER_HOST, "accepted", 200, 10);
    assertThat(hosts.isOpen(HOST.name())).isFalse();
  }

  @Test
  void after_its_rest_a_few_calls_find_out_that_it_is_not() {
    requests(4, "temporary", null, 10);
    clock.advance(REST.plusSeconds(1));

    requests(TRIALS, "temporary", 503, 10);

    assertThat(hosts.isOpen(HOST.name())).isTrue();
  }

  @Test
  void a_trial_that_was_given_back_unused_is_there_again() {
    requests(4, "temporary", null, 10);
    clock.advance(REST.plusSeconds(1));
    for (int i = 0; i < 10; i++) {
      assertThat(hosts.tryAcquire(HOST, true)).isTrue();
      hosts.release(HOST);
    }
    assertThat(hosts.mayTry(HOST.name())).isTrue();
    hosts.observe(HOST.name(), List.of());
    assertThat(hosts.mayTry(HOST.name())).isTrue();
  }

  @Test
  void a_refusal_by_the_breaker_takes_nothing_of_the_limit() {
    requests(4, "temporary", null, 10);
    IntStream.range(0, 10).forEach(i -> assertThat(hosts.tryAcquire(HOST, true)).isFalse());
    clock.advance(REST.plusSeconds(1));
    requests(TRIALS, "accepted", 200, 10);

    IntStream.range(0, PER_HOST).forEach(i -> assertThat(hosts.tryAcquire(HOST, true)).isTrue());
  }

  @Test
  void only_the_last_call_of_an_attempt_counts() {
    var refusedThenTaken =
        List.of(request("temporary", null, 10).get(0), request("accepted", 200, 10).get(0));
    for (int i = 0; i < 8; i++) {
      assertThat(hosts.tryAcquire(HOST, true)).isTrue();
      hosts.done(HOST, refusedThenTaken);
    }
    assertThat(hosts.isOpen(HOST.name())).isFalse();
  }

  private void requests(int times, String outcome, Integer status, long durationMs) {
    for (int i = 0; i < times; i++) {
      assertThat(hosts.tryAcquire(HOST, true)).isTrue();
      hosts.done(HOST, request(outcome, status, durationMs));
    }
  }
}
