package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrokerWakeUpsTest {

  private final MovableClock clock = new MovableClock();
  private final BrokerWakeUps wakeUps = new BrokerWakeUps(clock);

  @Test
  void one_hint_under_way_is_enough_for_all_that_is_written_before_it_arrives() {
    assertThat(wakeUps.needed("email,sms")).containsExactly("email", "sms");
    assertThat(wakeUps.needed("email,webhook")).containsExactly("webhook");

    wakeUps.arrived("email");

    assertThat(wakeUps.needed("email,sms")).containsExactly("email");
  }

  @Test
  void a_hint_that_another_instance_took_or_that_got_lost_is_followed_by_another_at_once() {
    wakeUps.needed("email");
    clock.advance(Duration.ofMillis(60));

    assertThat(wakeUps.needed("email")).containsExactly("email");
    assertThat(wakeUps.needed("email")).isEmpty();
  }

  @Test
  void nothing_due_needs_no_hint() {
    assertThat(wakeUps.needed(null)).isEmpty();
    assertThat(wakeUps.needed("")).isEmpty();
  }
}
