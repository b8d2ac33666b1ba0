package com.callback.messaging.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestPlacesTest {

  private final RequestPlaces places = new RequestPlaces(1, 2);
  private final List<String> begun = new ArrayList<>();

  @Test
  void a_request_waits_until_a_place_is_left_and_the_first_goes_first() {
    assertThat(places.enter()).isTrue();
    assertThat(places.enter()).isFalse();
    assertThat(later("first", true)).isTrue();
    assertThat(later("second", true)).isTrue();
    assertThat(later("too many", true)).isFalse();

    assertThat(begun).isEmpty();
    places.leave();
    assertThat(begun).containsExactly("first");
    places.leave();
    assertThat(begun).containsExactly("first", "second");
    places.leave();
    assertThat(places.enter()).isTrue();
  }

  @Test
  void a_request_that_finds_a_place_after_all_begins_at_once() {
    assertThat(later("first", true)).isTrue();

    assertThat(begun).containsExactly("first");
    assertThat(places.enter()).isFalse();
  }

  @Test
  void a_request_whose_caller_has_gone_gives_its_place_to_the_next() {
    places.enter();
    later("gone", false);
    later("next", true);

    places.leave();

    assertThat(begun).containsExactly("gone", "next");
    places.leave();
    later("gone again", false);
    assertThat(places.enter()).isTrue();
  }

  private boolean later(String name, boolean isThere) {
    return places.enterLater(
        () -> {
          begun.add(name);
          return isThere;
        });
  }
}
