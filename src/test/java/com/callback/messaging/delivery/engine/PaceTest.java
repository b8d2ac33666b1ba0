package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

  private final long now = System.nanoTime() + Duration.ofMinutes(1).toNanos();

  @Test
  void requests_wait_once_a_second_has_as_many_as_it_may() {
    var pace = Pace.perSecond(2);
    assertThat(pace.reserve(now)).isZero();
    assertThat(pace.reserve(now + 300 * MS)).isZero();
    assertThat(pace.reserve(now + 400 * MS)).isEqualTo(600 * MS);
    assertThat(pace.reserve(now + 400 * MS)).isEqualTo(900 * MS);
    assertThat(pace.reserve(now + 400 * MS)).isEqualTo(1600 * MS);
  }

  @Test
  void a_pause_leaves_room_for_no_more_than_one_second_of_requests() {
    var pace = Pace.perSecond(2);
    pace.reserve(now);
    var later = now + 60_000 * MS;
    assertThat(pace.reserve(later)).isZero();
    assertThat(pace.reserve(later)).isZero();
    assertThat(pace.reserve(later)).isEqualTo(1000 * MS);
  }

  @Test
  void a_turn_comes_without_a_thread_that_waits_for_it() {
    var pace = Pace.perSecond(1);
    assertThat(pace.turn()).isCompleted();
    assertThat(pace.turn().toCompletableFuture())
        .isNotCompleted()
        .succeedsWithin(Duration.ofSeconds(30));
  }

  @Test
  void no_limit_is_no_pace() {
    assertThat(Pace.perSecond(0)).isNull();
  }
}
