package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {

  private static final Instant NOW = Instant.parse("2026-11-22T03:04:05Z");
  private static final List<Duration> STEPS =
      List.of(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofHours(24));
  private static final double JITTER = 0.2;

  private final Backoff exact = new Backoff(0);
  private final Backoff spread = new Backoff(JITTER);

  @Test
  void each_failed_attempt_waits_its_own_step() {
    for (var failed = 1; failed <= STEPS.size(); failed++) {
      assertThat(exact.next(STEPS, failed, Optional.empty(), new Random(1)))
          .contains(STEPS.get(failed - 1));
    }
  }

  @Test
  void after_the_last_step_there_is_no_next_attempt() {
    assertThat(exact.next(STEPS, 4, Optional.empty(), new Random(1))).isEmpty();
    assertThat(exact.next(STEPS, 400, Optional.of(Duration.ofSeconds(1)), new Random(1))).isEmpty();
    assertThat(exact.next(List.of(), 1, Optional.empty(), new Random(1))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, PT5M",
    "PT4M59S, PT5M",
    "PT5M, PT5M",
    "PT7M, PT7M",
    "PT10M, PT10M",
    "PT1H, PT1H",
    "PT24H, PT24H",
    "P365D, PT24H"
  })
  void what_the_receiver_asks_is_kept_from_the_step_to_the_longest_of_the_schedule(
      Duration asked, Duration expected) {
    assertThat(spread.next(STEPS, 2, Optional.of(asked), new Random(1))).contains(expected);
  }

  @Test
  void the_spread_reaches_a_fifth_in_either_direction() {
    assertThat(spread.next(STEPS, 2, Optional.empty(), always(0))).contains(Duration.ofMinutes(4));
    assertThat(spread.next(STEPS, 2, Optional.empty(), always(0.5)))
        .contains(Duration.ofMinutes(5));
    assertThat(spread.next(STEPS, 2, Optional.empty(), always(Math.nextDown(1.0))).orElseThrow())
        .isBetween(Duration.ofSeconds(359), Duration.ofMinutes(6));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void before_the_first_failure_there_is_nothing_to_wait_for(int failed) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> exact.next(STEPS, failed, Optional.empty(), new Random(1)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 20, Double.NaN})
  void a_jitter_that_is_no_fraction_is_refused(double jitter) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(jitter))
        .withMessageContaining("delivery.jitter");
  }

  @Property
  void a_wait_stays_within_the_jitter_of_its_step(
      @ForAll @LongRange(min = 1, max = 604_800_000) long stepMillis, @ForAll long seed) {
    var step = Duration.ofMillis(stepMillis);
    var wait = spread.next(List.of(step), 1, Optional.empty(), new Random(seed)).orElseThrow();

    assertThat((double) wait.toNanos())
        .isBetween(step.toNanos() * (1 - JITTER) - 1, step.toNanos() * (1 + JITTER) + 1);
  }

  @Property
  void no_request_of_a_receiver_shortens_a_step_or_exceeds_the_longest_or_an_hour(
      @ForAll @LongRange(min = 1, max = 604_800_000) long stepMillis,
      @ForAll @LongRange(min = 0) long askedSeconds,
      @ForAll long seed) {
    var step = Duration.ofMillis(stepMillis);
    var asked = Optional.of(Duration.ofSeconds(askedSeconds));

    assertThat(spread.next(List.of(step), 1, asked, new Random(seed)).orElseThrow())
        .isBetween(step, Collections.max(List.of(step, Duration.ofHours(1))));
  }

  @Property
  void there_is_a_wait_exactly_while_there_are_steps(
      @ForAll @IntRange(min = 0, max = 20) int steps,
      @ForAll @IntRange(min = 1, max = 30) int failed) {
    var schedule = Collections.nCopies(steps, Duration.ofSeconds(5));

    assertThat(spread.next(schedule, failed, Optional.empty(), new Random(1)).isPresent())
        .isEqualTo(failed <= steps);
  }

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "120, PT2M",
    "' 120 ', PT2M",
    "1.2, PT2S",
    "0.001, PT1S",
    "3.0, PT3S",
    "999999999, PT277777H46M39S"
  })
  void retry_after_in_seconds_is_read_with_its_fraction_rounded_up(String header, Duration wait) {
    assertThat(Backoff.parseRetryAfter(header, NOW)).contains(wait);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 22 Nov 2026 03:05:05 GMT",
        "Sunday, 22-Nov-26 03:05:05 GMT",
        "Sun Nov 22 03:05:05 2026"
      })
  void retry_after_is_read_in_all_three_forms_of_an_http_date(String header) {
    assertThat(Backoff.parseRetryAfter(header, NOW)).contains(Duration.ofMinutes(1));
  }

  @Test
  void a_date_in_the_past_means_now() {
    assertThat(Backoff.parseRetryAfter("Sun, 06 Nov 1994 08:49:37 GMT", NOW))
        .contains(Duration.ZERO);
    assertThat(Backoff.parseRetryAfter("Sun Nov  6 08:49:37 1994", NOW)).contains(Duration.ZERO);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        " ",
        "soon",
        "-5",
        "+5",
        "5s",
        "1e9",
        ".5",
        "5.",
        "12345678901234567890",
        "120, 120",
        "٥",
        "2026-11-22T03:05:05Z",
        "Sun, 99 Nov 2026 03:05:05 GMT"
      })
  void anything_else_says_nothing(String header) {
    assertThat(Backoff.parseRetryAfter(header, NOW)).isEmpty();
  }

  @Property
  void no_header_makes_it_fail(@ForAll String header) {
    assertThat(Backoff.parseRetryAfter(header, NOW))
        .satisfies(
            wait -> wait.ifPresent(time -> assertThat(time).isGreaterThanOrEqualTo(Duration.ZERO)));
  }

  private static RandomGenerator always(double value) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new UnsupportedOperationException();
      }

      @Override
      public double nextDouble() {
        return value;
      }
    };
  }
}
