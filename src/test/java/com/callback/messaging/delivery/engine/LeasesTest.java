package com.callback.messaging.delivery.engine;

import static com.callback.messaging.delivery.engine.Burdens.delivery;
import static com.callback.messaging.delivery.engine.Burdens.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.callback.messaging.support.MovableClock;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A lease of 30 s; time passes as the test says. */
class LeasesTest {

  private final MovableClock clock = new MovableClock();
  private final AtomicLong seconds = new AtomicLong();
  private final OutcomeQueue outcomeQueue =
      new OutcomeQueue(new ObjectMapper(), Burdens.settings());
  private final Leases leases =
      new Leases(
          outcomeQueue,
          Duration.ofSeconds(30),
          clock,
          () -> TimeUnit.SECONDS.toNanos(seconds.get()));

  @Test
  void what_is_sent_or_not_yet_recorded_is_held() throws Exception {
    var sent = delivery("email", 3);
    Map<String, Object> row = Map.of("id", sent.id(), "attempt", 3);
    leases.claimed(List.of(row));
    assertThat(held()).contains(sent.id().toString(), "\"attempt\":3");

    outcomeQueue.add(
        sent,
        Outcome.accepted("sent", OffsetDateTime.now(clock), null),
        "smtp",
        request("accepted", 250, 1));
    leases.sent(row);
    assertThat(held()).contains(sent.id().toString());

    outcomeQueue.recorded(outcomeQueue.next());
    assertThat(held()).isEqualTo("[]");
  }

  @Test
  void what_came_to_nothing_is_let_go() throws Exception {
    Map<String, Object> row = Map.of("id", delivery("email", 1).id(), "attempt", 1);
    leases.claimed(List.of(row));
    leases.sent(row);
    assertThat(held()).isEqualTo("[]");
  }

  @Test
  void the_end_of_an_attempt_leaves_the_next_one_held() throws Exception {
    var id = delivery("email", 1).id();
    leases.claimed(List.of(Map.of("id", id, "attempt", 1)));
    leases.claimed(List.of(Map.of("id", id, "attempt", 2)));
    leases.sent(Map.of("id", id, "attempt", 1));
    assertThat(held()).contains("\"attempt\":2").doesNotContain("\"attempt\":1");
  }

  @Test
  void a_send_that_hangs_for_good_is_let_go() throws Exception {
    leases.claimed(List.of(Map.of("id", delivery("email", 1).id(), "attempt", 1)));
    seconds.addAndGet(601);
    assertThat(held()).isEqualTo("[]");
  }

  @Test
  void a_lease_that_ended_is_lost_at_once_while_the_database_is_there() {
    isLostBefore(0);
    for (int n = 0; n < 10; n++) {
      leases.renewed();
      pass(6);
      isLostBefore(0);
    }
  }

  @Test
  void after_an_outage_all_have_the_time_of_a_lease_to_renew_theirs() {
    leases.renewed();
    pass(60);
    isLostBefore(60);

    leases.renewed();
    isLostBefore(60);
    for (int n = 0; n < 4; n++) {
      pass(7);
      leases.renewed();
      isLostBefore(67 + 7 * n);
    }

    pass(3);
    isLostBefore(0);
  }

  private void pass(int time) {
    seconds.addAndGet(time);
    clock.advance(Duration.ofSeconds(time));
  }

  private void isLostBefore(int secondsAgo) {
    assertThat(Instant.parse(leases.lostBefore()))
        .isCloseTo(clock.instant().minusSeconds(secondsAgo), within(2, ChronoUnit.SECONDS));
  }

  private String held() throws Exception {
    return leases.row().get("held").toString();
  }
}
