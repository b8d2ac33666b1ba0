package com.callback.messaging.delivery.channel.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.platform.startup.StartFailure;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DomainPaceTest {

  @Test
  void mails_to_one_domain_wait_for_their_turn_and_those_to_others_do_not() {
    var pace = new DomainPace(3);
    for (var address : new String[] {"a@example.com", "b@EXAMPLE.com", "c@example.com"}) {
      assertThat(pace.millis(to(address))).isZero();
    }

    assertThat(pace.millis(to("d@example.com"))).isBetween(500L, 1_000L);
    assertThat(pace.millis(to("e@mail.example.com"))).isZero();
  }

  @Test
  void the_slots_of_the_channel_bound_the_wait() {
    var pace = new DomainPace(16);
    var longest = IntStream.range(0, 32).mapToLong(mail -> pace.millis(to("a@example.com"))).max();
    assertThat(longest.getAsLong()).isBetween(500L, 1_000L);
  }

  @Test
  void without_a_limit_nothing_waits() {
    var pace = new DomainPace(0);
    assertThat(IntStream.range(0, 100).mapToLong(mail -> pace.millis(to("a@example.com"))).sum())
        .isZero();
  }

  @Test
  void a_limit_below_zero_stops_the_start() {
    assertThatThrownBy(() -> new DomainPace(-1))
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "channels.email.per-domain is -1: set CHANNELS_EMAIL_PER_DOMAIN to 0, which is no limit, or more.");
  }

  private static Mail to(String address) {
    var headers = new MailHeaders();
    return new Mail(
        headers.address(null, "callbacks@example.org"),
        headers.address(null, address),
        null,
        "Hello",
        "<1@example.org>",
        null,
        null,
        null,
        false,
        "text",
        "<p>text</p>");
  }
}
