package com.callback.messaging.delivery.engine;

import static com.callback.messaging.delivery.engine.Burdens.delivery;
import static com.callback.messaging.delivery.engine.Burdens.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.MovableClock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class ProvidersTest {

  private final MovableClock clock = new MovableClock();
  private final Providers providers =
      Burdens.providers(
          new Channels(
              new MockEnvironment()
                  .withProperty("channels.sms.providers", "first,second")
                  .withProperty("channels.email.providers", "only")),
          Burdens.hosts(clock));

  @Test
  void an_attempt_after_a_failure_goes_to_the_next_one() {
    assertThat(providers.choose(delivery("sms", 1))).isEqualTo("first");
    assertThat(providers.choose(delivery("sms", 2))).isEqualTo("second");
    assertThat(providers.choose(delivery("sms", 3))).isEqualTo("first");
  }

  @Test
  void one_that_does_not_answer_is_passed_over_while_it_rests() {
    fails("first");

    assertThat(providers.choose(delivery("sms", 1))).isEqualTo("second");
    clock.advance(Burdens.REST.plusSeconds(1));
    assertThat(providers.choose(delivery("sms", 1))).isEqualTo("first");
  }

  @Test
  void where_none_answers_they_are_tried_in_turn() {
    fails("first");
    fails("second");

    assertThat(providers.choose(delivery("sms", 1))).isEqualTo("first");
    assertThat(providers.choose(delivery("sms", 2))).isEqualTo("second");
  }

  @Test
  void the_only_one_is_never_passed_over() {
    for (int i = 0; i < 20; i++) {
      providers.note("email", "only", request("temporary", null, 10));
    }
    assertThat(providers.choose(delivery("email", 1))).isEqualTo("only");
  }

  @Test
  void what_failed_before_a_provider_was_chosen_says_nothing_of_it() {
    for (int i = 0; i < 20; i++) {
      providers.note("sms", null, request("temporary", null, 10));
      assertThat(providers.choose(delivery("sms", 1))).isEqualTo("first");
      providers.note("sms", "first", List.of());
    }
  }

  private void fails(String provider) {
    for (int i = 0; i < 4; i++) {
      providers.note("sms", provider, request("temporary", null, 10));
    }
  }
}
