package com.callback.messaging.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void contestants_stand_side_by_side_with_the_ratio_of_the_first_to_the_others() {
    var table = Table.ofContestants(List.of("ours", "theirs"));
    for (var round : List.of(300.0, 100.0, 200.0)) {
      table.column("ours").add("per second", "", round);
      table.column("theirs").add("per second", "", 2 * round);
    }

    assertThat(table.lines())
        .containsExactly(
            "| | ours | theirs | ÷ theirs |",
            "|---|--:|--:|--:|",
            "| per second | 200 (100 to 300) | 400 (200 to 600) | 0.50 |");
  }

  @Test
  void conditions_stand_side_by_side_with_their_ratio_to_the_first() {
    var table = Table.ofConditions(List.of("well", "ill"));
    table.column("well").add("p99", "ms", 10);
    table.column("ill").add("p99", "ms", 15);

    assertThat(table.lines()).last().isEqualTo("| p99 | 10.00 ms | 15.00 ms | 1.50 |");
  }

  @Test
  void what_was_not_measured_is_left_empty() {
    var table = Table.ofContestants(List.of("ours", "theirs"));
    table.column("ours").add("p99", "ms", 10);

    assertThat(table.lines()).last().isEqualTo("| p99 | 10.00 ms |  |  |");
    assertThat(table.isZero("p99", "theirs")).isTrue();
  }
}
