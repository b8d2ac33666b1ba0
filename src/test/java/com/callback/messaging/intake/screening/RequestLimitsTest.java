package com.callback.messaging.intake.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.intake.submission.Submission;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.callback.messaging.support.MovableClock;
import java.time.Duration;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Too much is told so, and for no longer than it is. */
class RequestLimitsTest {

  private final MovableClock clock = new MovableClock();
  private static final BudgetSettings NO_BUDGETS = new BudgetSettings(0, 0, 0, 0, 0, 0);

  private final LocalBuckets buckets = new LocalBuckets(clock, 1_000);

  @Test
  void a_bucket_gives_what_a_minute_may_bring_and_fills_up_again() {
    for (int i = 0; i < 60; i++) {
      assertThat(buckets.take("address a", 60, 1)).isZero();
    }
    assertThat(buckets.take("address a", 60, 1)).isPositive().isLessThanOrEqualTo(seconds(1));
    assertThat(buckets.take("address b", 60, 1)).isZero();

    clock.advance(seconds(1));
    assertThat(buckets.take("address a", 60, 1)).isZero();
    clock.advance(Duration.ofHours(1));
    assertThat(buckets.take("address a", 60, 60)).isZero();
  }

  @Test
  void however_many_addresses_there_are_only_so_many_are_remembered() {
    for (int i = 0; i < 50_000; i++) {
      buckets.take("address " + i, 60, 1);
    }
    assertThat(buckets.remembered()).isLessThanOrEqualTo(1_000);
  }

  @Test
  void who_asks_for_too_many_links_is_told_when_to_come_again() {
    var limits = new RequestLimits(settings(2), NO_BUDGETS, buckets);
    limits.signIn("192.0.2.1");
    limits.signIn("192.0.2.1");

    assertThatThrownBy(() -> limits.signIn("192.0.2.1"))
        .asInstanceOf(InstanceOfAssertFactories.type(RequestRefusedException.class))
        .satisfies(
            refused -> {
              var problem = refused.problem();
              assertThat(problem.status()).isEqualTo(429);
              assertThat(problem.retryAfter()).isBetween(1, 30);
              assertThat(problem.headers())
                  .containsEntry("RateLimit-Policy", "\"sign-in\";q=2;w=60")
                  .containsEntry("RateLimit", "\"sign-in\";r=0;t=" + problem.retryAfter());
            });
    limits.signIn("192.0.2.2");
    clock.advance(Duration.ofSeconds(31));
    limits.signIn("192.0.2.1");
  }

  @Test
  void a_business_that_tests_too_often_waits_and_others_do_not() {
    var limits = new RequestLimits(settings(0), NO_BUDGETS, buckets);
    var business = UUID.randomUUID();
    limits.test(business);
    limits.test(business);

    assertThatThrownBy(() -> limits.test(business)).isInstanceOf(RequestRefusedException.class);
    limits.test(UUID.randomUUID());
    clock.advance(Duration.ofSeconds(31));
    limits.test(business);
  }

  @Test
  void a_business_that_asks_too_often_waits_and_others_do_not() {
    var limits = new RequestLimits(settings(0), NO_BUDGETS, buckets);
    var business = UUID.randomUUID();
    limits.request(business);
    limits.request(business);
    limits.request(business);

    assertThatThrownBy(() -> limits.request(business))
        .asInstanceOf(InstanceOfAssertFactories.type(RequestRefusedException.class))
        .satisfies(
            refused ->
                assertThat(refused.problem().headers())
                    .containsEntry("RateLimit-Policy", "\"requests\";q=3;w=60"));
    limits.request(UUID.randomUUID());
    clock.advance(Duration.ofSeconds(21));
    limits.request(business);
  }

  @Test
  void nought_is_no_limit() {
    var limits = new RequestLimits(settings(0), NO_BUDGETS, buckets);
    for (int i = 0; i < 1_000; i++) {
      limits.signIn("192.0.2.1");
    }
    assertThat(buckets.remembered()).isZero();
  }

  @Test
  void leads_of_an_address_are_counted_by_the_day_unless_its_minutes_are_not_counted() {
    var oneADay = new BudgetSettings(0, 0, 0, 0, 0, 1);
    var counted = new RequestLimits(settings(2, 60), oneADay, buckets);
    var uncounted = new RequestLimits(settings(2, 0), oneADay, buckets);

    assertThat(counted.signal("192.0.2.1", lead(), null)).isNull();
    assertThat(counted.signal("192.0.2.1", lead(), null)).isEqualTo(SpamSignal.TOO_MANY);
    assertThat(uncounted.signal("192.0.2.1", lead(), null)).isNull();
  }

  @Test
  void a_limit_that_cannot_be_is_refused() {
    assertThatThrownBy(() -> settings(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Submission lead() {
    return new Submission(
        "lead", "funnel", null, "Ada", null, null, null, null, null, null, null, null, null, null,
        null, null, null, false);
  }

  private static AbuseSettings settings(long signIns) {
    return settings(signIns, 0);
  }

  private static AbuseSettings settings(long signIns, long heldPerAddress) {
    return new AbuseSettings(
        seconds(2), Duration.ofHours(24), heldPerAddress, 0, 0, 0, signIns, 2, 3, 0, 1_000);
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
