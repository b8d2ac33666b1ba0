package com.callback.messaging.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestSlotsTest {

  private final RequestSlots slots = new RequestSlots(1, 2);
  private final List<String> begun = new ArrayList<>();

  @Test
  void a_request_waits_until_a_place_is_left_and_the_first_goes_first() {
    assertThat(slots.enter()).isTrue();
    assertThat(slots.enter()).isFalse();
    assertThat(later("first", true)).isTrue();
    assertThat(later("second", true)).isTrue();
    assertThat(later("too many", true)).isFalse();

    assertThat(begun).isEmpty();
    slots.leave();
    assertThat(begun).containsExactly("first");
    slots.leave();
    assertThat(begun).containsExactly("first", "second");
    slots.leave();
    assertThat(slots.enter()).isTrue();
  }

  @Test
  void a_request_that_finds_a_place_after_all_begins_at_once() {
    assertThat(later("first", true)).isTrue();

    assertThat(begun).containsExactly("first");
    assertThat(slots.enter()).isFalse();
  }

  @Test
  void a_request_whose_caller_has_gone_gives_its_place_to_the_next() {
    slots.enter();
    later("gone", false);
    later("next", true);

    slots.leave();

    assertThat(begun).containsExactly("gone", "next");
    slots.leave();
    later("gone again", false);
    assertThat(slots.enter()).isTrue();
  }

  private boolean later(String name, boolean isThere) {
    return slots.enterLater(
        () -> {
          begun.add(name);
          return isThere;
        });
  }
}
