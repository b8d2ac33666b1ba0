package com.callback.messaging.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.bench.Callers.Sent;
import com.callback.messaging.bench.Curve.Point;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CurveTest {

  private static final long SECOND = 1_000_000;

  /** Ten leads a second for 10 s, then a hundred a second for 30 s. */
  private final Curve curve = new Curve(sent(0, 10, 10, 100, 30));

  @Test
  void full_speed_is_that_of_the_second_half_of_a_run_below_two_minutes() {
    assertThat(curve.fullSpeed()).isBetween(99.0, 101.0);
  }

  @Test
  void full_speed_is_that_of_the_last_minute_of_a_longer_run() {
    assertThat(new Curve(sent(0, 10, 100, 50, 60)).fullSpeed()).isBetween(49.0, 51.0);
  }

  @Test
  void half_of_it_is_reached_when_a_second_has_half_of_its_leads() {
    var half = curve.reached(0.5);

    assertThat(half.seconds()).isBetween(10.4, 10.5);
    assertThat(half.leads()).isBetween(140, 150);
  }

  @Test
  void a_share_that_was_never_reached_is_at_the_end() {
    assertThat(curve.reached(2)).isEqualTo(new Point(3_100, 40));
  }

  @Test
  void leads_are_counted_in_the_second_of_their_answer() {
    assertThat(curve.perSecond()[5]).isEqualTo(10);
    assertThat(curve.perSecond()[20]).isEqualTo(100);
    assertThat(curve.leads(0, 10)).isEqualTo(100);
  }

  private static Sent sent(long begun, int perSecond, int seconds, int then, int thenSeconds) {
    var first = LongStream.rangeClosed(1, perSecond * seconds).map(n -> n * SECOND / perSecond);
    var last =
        LongStream.rangeClosed(1, then * thenSeconds)
            .map(n -> seconds * SECOND + n * SECOND / then);
    var answered = LongStream.concat(first, last).toArray();
    var at = new long[answered.length];
    at[0] = begun;
    return new Sent(0, at.length, at, answered, at.length, 0, null, seconds + thenSeconds);
  }
}
