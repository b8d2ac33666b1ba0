package com.callback.messaging.inbox.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DurationsTest {

  @Test
  void without_a_duration_there_is_no_percentile() {
    var durations = new Durations();
    durations.add(new int[0]);
    assertThat(durations.percentile(0.5)).isNull();
  }

  @Test
  void a_percentile_may_be_the_least_and_the_longest_that_there_can_be() {
    var durations = new Durations();
    durations.add(new int[] {0, Integer.MAX_VALUE});
    assertThat(durations.percentile(0.5)).isZero();
    assertThat(durations.percentile(0.9)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void a_percentile_of_many_parts_is_that_of_all_in_order() {
    var dice = new Random(1);
    for (var round = 0; round < 200; round++) {
      var durations = new Durations();
      var all = IntStream.builder();
      for (var part = dice.nextInt(5); part >= 0; part--) {
        var seconds = dice.ints(dice.nextInt(40), 0, 1 + dice.nextInt(5_000)).sorted().toArray();
        durations.add(seconds);
        IntStream.of(seconds).forEach(all);
      }
      var ordered = all.build().sorted().toArray();
      for (var share : new double[] {0.5, 0.9}) {
        assertThat(durations.percentile(share))
            .isEqualTo(
                ordered.length == 0 ? null : ordered[(int) Math.ceil(share * ordered.length) - 1]);
      }
    }
  }
}
