package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Sixty-four slots at a host: sixteen are reserved for businesses that have fewer than four. */
class HostSlotsTest {

  private static final int MOST = 64;

  private final HostSlots slots = new HostSlots(MOST);
  private final UUID hog = UUID.randomUUID();

  @Test
  void a_business_whose_calls_hang_leaves_a_quarter_of_the_host_to_the_others() {
    assertThat(takeAll(hog, true)).isEqualTo(48);

    for (int other = 0; other < 4; other++) {
      assertThat(takeAll(UUID.randomUUID(), true)).isEqualTo(4);
    }
    assertThat(slots.tryTake(UUID.randomUUID(), true)).as("the host is full").isFalse();
  }

  @Test
  void a_call_that_ends_is_for_those_who_have_few_first() {
    takeAll(hog, true);
    var other = UUID.randomUUID();
    takeAll(other, true);
    slots.giveBack(hog);

    assertThat(slots.tryTake(hog, true)).isFalse();
    assertThat(slots.tryTake(UUID.randomUUID(), true)).isTrue();

    slots.giveBack(other);
    assertThat(slots.tryTake(other, true)).isTrue();
  }

  @Test
  void a_provider_of_the_operator_is_one_business_s_as_a_whole() {
    assertThat(takeAll(hog, false)).isEqualTo(MOST);
  }

  @Test
  void a_host_is_free_again_when_all_calls_have_ended() {
    takeAll(hog, true);
    for (int request = 0; request < 48; request++) {
      slots.giveBack(hog);
    }

    assertThat(takeAll(hog, true)).isEqualTo(48);
  }

  private int takeAll(UUID business, boolean isShared) {
    int taken = 0;
    while (slots.tryTake(business, isShared)) {
      taken++;
    }
    return taken;
  }
}
