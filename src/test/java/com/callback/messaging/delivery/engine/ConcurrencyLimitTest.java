package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConcurrencyLimitTest {

  private static final int MOST = 32;
  private static final Instant START = Instant.parse("2026-11-30T10:00:00Z");

  private final ConcurrencyLimit limit = new ConcurrencyLimit("email", MOST);

  @ParameterizedTest
  @ValueSource(ints = {421, 432, 454})
  void a_server_that_says_too_many_halves_the_limit_once_for_all_that_was_under_way(int code) {
    for (int mail = 0; mail < MOST; mail++) {
      learn(0, "temporary", code, MOST);
    }
    assertThat(limit.current()).isEqualTo(16);

    learn(1, "temporary", code, 16);
    assertThat(limit.current()).isEqualTo(8);
  }

  @Test
  void a_limit_that_was_not_reached_is_lowered_from_what_was_under_way() {
    learn(0, "temporary", 421, 6);
    assertThat(limit.current()).isEqualTo(3);
  }

  @Test
  void a_server_that_always_says_too_many_gets_one_mail_at_a_time() {
    for (int second = 0; second < 20; second++) {
      learn(second, "temporary", 421, limit.current());
    }
    assertThat(limit.current()).isEqualTo(1);
  }

  @Test
  void as_many_accepted_mails_as_the_limit_raise_it_by_one_up_to_where_it_began() {
    learn(0, "temporary", 421, 4);
    for (int mail = 0; mail < 2; mail++) {
      assertThat(limit.current()).isEqualTo(2);
      learn(1, "accepted", null, 2);
    }
    assertThat(limit.current()).isEqualTo(3);

    for (int mail = 0; mail < MOST * MOST; mail++) {
      learn(2, "accepted", null, 3);
    }
    assertThat(limit.current()).isEqualTo(MOST);
  }

  @Test
  void a_mail_that_began_before_the_limit_was_lowered_does_not_raise_it() {
    learn(5, "temporary", 421, 2);
    for (int mail = 0; mail < 10; mail++) {
      learn(4, "accepted", null, 2);
    }
    assertThat(limit.current()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"smtp, 450", "smtp, 552", "smtp,", "sendgrid, 421", "http, 421", ", 421"})
  void other_replies_and_what_no_mail_server_says_lower_nothing(String provider, Integer code) {
    limit.learn(provider, List.of(request(0, "temporary", code)), MOST);
    assertThat(limit.current()).isEqualTo(MOST);
  }

  @Test
  void a_limit_of_one_stays_one() {
    var single = new ConcurrencyLimit("email", 1);
    single.learn("smtp-standby", List.of(request(0, "temporary", 421)), 1);
    assertThat(single.current()).isEqualTo(1);
  }

  private void learn(int second, String outcome, Integer code, int underWay) {
    limit.learn("smtp", List.of(request(second, outcome, code)), underWay);
  }

  private static RequestRecord request(int second, String outcome, Integer code) {
    return new RequestRecord(START.plusSeconds(second), 100, outcome, code, null, null, true);
  }
}
