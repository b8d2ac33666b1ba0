package com.callback.messaging.delivery.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.platform.startup.StartFailure;
import org.junit.jupiter.api.Test;

class DigestTimesTest {

  @Test
  void each_kind_has_its_time_of_day() {
    var times = new DigestTimes("08:00", " 17:30 ");
    assertThat(times.of("daily")).isEqualTo("08:00");
    assertThat(times.of("weekly")).isEqualTo("17:30");
  }

  @Test
  void what_is_no_time_of_day_is_refused() {
    assertThatThrownBy(() -> new DigestTimes("08:00", "noon"))
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "The setting digests.weekly-at is 'noon': set DIGESTS_WEEKLY_AT to a time of day such as 08:00.");
  }
}
