package com.callback.messaging.inbox.lead;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ServiceTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

@ServiceTest
class SnoozeTimesTest extends OneLead {

  @Test
  void snooze_times_are_within_the_opening_hours() {
    service
        .database()
        .sql(
            "insert into messaging.business_hours (business_id, weekday, opens, closes) select ?, w, '10:00', '12:00' from generate_series(1, 6) w")
        .param(business.id())
        .update();

    var times = agent.ask(200, "GET", "/api/snooze-times", null).get("times");

    assertThat(times).hasSizeGreaterThanOrEqualTo(2);
    assertThat(times.findValuesAsText("at"))
        .isSorted()
        .allSatisfy(
            at -> {
              var moment = Instant.parse(at).atZone(ZoneOffset.UTC);
              assertThat(moment.getDayOfWeek().getValue()).isLessThan(7);
              assertThat(moment.toLocalTime()).isBetween(LocalTime.of(10, 0), LocalTime.of(12, 0));
              assertThat(moment.toInstant()).isAfter(clock.instant());
              agent.ask(200, "PUT", path("reminder"), Map.of("at", at));
            });
  }

  @Test
  void a_business_that_is_always_open_begins_its_days_at_nine() {
    var times = agent.ask(200, "GET", "/api/snooze-times", null).get("times");

    for (var each : times) {
      var at = Instant.parse(each.get("at").asText());
      if (each.get("name").asText().startsWith("next")) {
        assertThat(at.atZone(ZoneOffset.UTC).toLocalTime()).isEqualTo(LocalTime.of(9, 0));
      }
    }
    assertThat(Instant.parse(times.get(0).get("at").asText()))
        .isBefore(clock.instant().plus(Duration.ofHours(24)));
    assertThat(times).hasSizeGreaterThanOrEqualTo(3);
  }
}
