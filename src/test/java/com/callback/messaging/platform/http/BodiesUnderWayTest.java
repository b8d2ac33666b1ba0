package com.callback.messaging.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class BodiesUnderWayTest {

  private final BodiesUnderWay underWay = new BodiesUnderWay(100, 5);
  private final ArrayList<String> givenUp = new ArrayList<>();

  @Test
  void beyond_the_memory_set_aside_the_oldest_body_is_given_up() {
    var first = body("first");
    underWay.note(first, 40);
    underWay.note(body("second"), 40);
    underWay.note(first, 50);
    assertThat(givenUp).isEmpty();
    underWay.note(body("third"), 20);
    assertThat(givenUp).containsExactly("first");
    underWay.note(body("fourth"), 50);
    assertThat(givenUp).containsExactly("first", "second");
  }

  @Test
  void beyond_so_many_the_oldest_body_is_given_up() {
    for (var name : new String[] {"first", "second", "third", "fourth", "fifth"}) {
      underWay.note(body(name), 1);
    }
    assertThat(givenUp).isEmpty();
    underWay.note(body("sixth"), 1);
    assertThat(givenUp).containsExactly("first");
  }

  @Test
  void a_body_that_has_arrived_counts_no_longer() {
    for (int i = 0; i < 100; i++) {
      var body = body("body");
      underWay.note(body, 60);
      underWay.remove(body);
    }
    assertThat(givenUp).isEmpty();
  }

  private BodiesUnderWay.Slow body(String name) {
    return new BodiesUnderWay.Slow() {
      @Override
      public void giveUp() {
        givenUp.add(name);
        underWay.remove(this);
      }
    };
  }
}
