package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a provider is down, and what several instances saw of it together. */
class ProviderReportTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final ProviderWindow here = new ProviderWindow();
  private final ProviderWindow there = new ProviderWindow();

  @Test
  void a_provider_is_down_after_three_failures_in_a_row_since_the_first_of_them() {
    ends(here, "accepted", 250, 0);
    ends(here, "temporary", null, 1);
    ends(here, "temporary", 503, 2);
    assertThat(at(2, here).state(NOON.plusSeconds(2))).isEqualTo("up");

    ends(here, "unknown", null, 3);
    assertThat(at(3, here).state(NOON.plusSeconds(3))).isEqualTo("down");
    assertThat(at(3, here).failingSince()).isEqualTo(NOON.plusSeconds(1));

    ends(here, "accepted", 250, 4);
    assertThat(at(4, here).state(NOON.plusSeconds(4))).isEqualTo("up");
    assertThat(at(4, here).failingSince()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "permanent, 550, up",
    "temporary, 451, up",
    "temporary, 552, up",
    "temporary, 421, down",
    "temporary, 535, down",
    "temporary, 401, down",
    "temporary, 429, down",
    "temporary, 500, down",
    "temporary, , down"
  })
  void a_refusal_of_one_message_says_nothing_of_the_provider(
      String outcome, Integer status, String state) {
    for (int second = 0; second < 3; second++) {
      ends(here, outcome, status, second);
    }
    assertThat(at(3, here).state(NOON.plusSeconds(3))).isEqualTo(state);
  }

  @Test
  void a_provider_that_was_not_tried_for_an_hour_is_unknown() {
    assertThat(at(0, here).state(NOON)).isEqualTo("unknown");
    for (int second = 0; second < 3; second++) {
      ends(here, "temporary", null, second);
    }
    var almost = NOON.plus(Duration.ofHours(1)).plusSeconds(1);
    assertThat(at(2, here).state(almost)).isEqualTo("down");
    assertThat(at(2, here).state(almost.plusSeconds(1))).isEqualTo("unknown");
  }

  @Test
  void rates_and_times_are_of_the_last_five_minutes() {
    assertThat(at(0, here).successRate()).isNull();
    assertThat(at(0, here).averageMs()).isNull();
    here.add(request("temporary", null, 3_000, NOON), NOON);
    here.add(request("accepted", 202, 100, NOON), NOON.plusSeconds(60));
    here.add(request("accepted", 202, 200, NOON), NOON.plusSeconds(120));
    assertThat(at(120, here).successRate()).isEqualTo(0.667);
    assertThat(at(120, here).averageMs()).isEqualTo(1_100);
    assertThat(at(120, here).slowestMs()).isEqualTo(3_000);

    assertThat(at(310, here).successRate()).isOne();
    assertThat(at(310, here).averageMs()).isEqualTo(150);
    assertThat(at(310, here).slowestMs()).isEqualTo(200);
    assertThat(at(430, here).successRate()).isNull();
  }

  @Test
  void an_instance_alone_that_gets_nothing_through_is_no_provider_that_is_down() {
    for (int second = 0; second < 5; second++) {
      ends(here, "temporary", null, second);
    }
    ends(there, "accepted", 202, 5);
    var together = together(at(5, here), at(5, there));
    assertThat(together.state(NOON.plusSeconds(5))).isEqualTo("up");
    assertThat(together.successRate()).isEqualTo(0.167);
  }

  @Test
  void failures_of_several_instances_count_together_since_the_last_acceptance() {
    ends(here, "temporary", null, 1);
    ends(there, "accepted", 202, 2);
    ends(here, "temporary", null, 3);
    ends(there, "temporary", null, 4);
    var together = together(at(4, here), at(4, there));
    assertThat(together.state(NOON.plusSeconds(4))).isEqualTo("down");
    assertThat(together.failingSince()).isEqualTo(NOON.plusSeconds(2));
  }

  @Test
  void the_worst_circuit_breaker_counts() {
    var closed = here.report("sms", "first", "closed", NOON);
    var open = here.report("sms", "first", "open", NOON);
    var none = here.report("sms", "first", null, NOON);
    assertThat(together(closed, open, none).breaker()).isEqualTo("open");
    assertThat(together(none, closed).breaker()).isEqualTo("closed");
    assertThat(together(none).breaker()).isNull();
  }

  private static void ends(ProviderWindow window, String outcome, Integer status, int second) {
    var moment = NOON.plusSeconds(second);
    window.add(request(outcome, status, 10, moment), moment);
  }

  private static RequestRecord request(String outcome, Integer status, long ms, Instant startedAt) {
    return new RequestRecord(startedAt, ms, outcome, status, null, null, true);
  }

  private static ProviderReport at(int second, ProviderWindow window) {
    return together(window.report("sms", "first", null, NOON.plusSeconds(second)));
  }

  private static ProviderReport together(ProviderReport... seen) {
    return ProviderReport.together("sms", "first", List.of(seen));
  }
}
