package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HintsTest {

  private final MovableClock clock = new MovableClock();
  private final Hints hints = new Hints(clock);

  @Test
  void one_hint_under_way_is_enough_for_all_that_is_written_before_it_arrives() {
    assertThat(hints.needed("email,sms")).containsExactly("email", "sms");
    assertThat(hints.needed("email,webhook")).containsExactly("webhook");

    hints.arrived("email");

    assertThat(hints.needed("email,sms")).containsExactly("email");
  }

  @Test
  void a_hint_that_another_instance_took_or_that_got_lost_is_followed_by_another_at_once() {
    hints.needed("email");
    clock.advance(Duration.ofMillis(60));

    assertThat(hints.needed("email")).containsExactly("email");
    assertThat(hints.needed("email")).isEmpty();
  }

  @Test
  void nothing_due_needs_no_hint() {
    assertThat(hints.needed(null)).isEmpty();
    assertThat(hints.needed("")).isEmpty();
  }
}
