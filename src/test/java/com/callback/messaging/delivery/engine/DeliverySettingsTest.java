package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliverySettingsTest {

  @Test
  void a_lease_is_told_as_the_database_reads_it() {
    assertThat(new Lease(settings(Duration.ofSeconds(45), 0.2, 1_000)).length()).isEqualTo("PT45S");
  }

  @Test
  void a_lease_that_an_attempt_may_outlast_is_refused() {
    assertThatThrownBy(() -> settings(Duration.ofSeconds(17), 0.2, 1_000))
        .hasMessageContaining("lease must be longer");
  }

  @ParameterizedTest
  @CsvSource({"12000, 15000, 18000", "12000, 50000, 53000", "20000, 15000, 23000"})
  void a_lease_must_outlast_connecting_and_the_slowest_answer(
      int responseTimeoutMs, long deadlineMs, long longestAttemptMs) {
    assertThatThrownBy(() -> settings(longestAttemptMs, responseTimeoutMs, deadlineMs))
        .hasMessageContaining("lease must be longer than connect-timeout-ms and deadline-ms");
    assertThat(settings(longestAttemptMs + 1, responseTimeoutMs, deadlineMs).deadlineMs())
        .isEqualTo(deadlineMs);
  }

  @Test
  void a_lease_that_cannot_be_renewed_several_times_is_refused() {
    assertThatThrownBy(() -> settings(15_999, 1_000, 2_000))
        .hasMessageContaining("lease must be 4 times renew-ms or longer");
  }

  @Test
  void a_call_without_any_time_is_refused() {
    assertThatThrownBy(() -> settings(45_000, 12_000, 0))
        .hasMessage("deadline-ms must be 1 or more");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void a_jitter_that_is_no_fraction_is_refused(double jitter) {
    assertThatThrownBy(() -> settings(Duration.ofSeconds(45), jitter, 1_000))
        .hasMessageContaining("jitter must be a fraction");
  }

  @Test
  void a_sweep_without_a_pause_is_refused() {
    assertThatThrownBy(() -> settings(Duration.ofSeconds(45), 0.2, 0))
        .hasMessage("sweep-ms must be 1 or more");
  }

  private static DeliverySettings settings(Duration lease, double jitter, long sweepMs) {
    return settings(lease, jitter, sweepMs, 12_000, 15_000);
  }

  private static DeliverySettings settings(long leaseMs, int responseTimeoutMs, long deadlineMs) {
    return settings(Duration.ofMillis(leaseMs), 0.2, 1_000, responseTimeoutMs, deadlineMs);
  }

  private static DeliverySettings settings(
      Duration lease, double jitter, long sweepMs, int responseTimeoutMs, long deadlineMs) {
    return new DeliverySettings(
        lease,
        jitter,
        sweepMs,
        4_000,
        500,
        3_000,
        responseTimeoutMs,
        deadlineMs,
        10_000,
        64,
        Duration.ofDays(5),
        new DeliverySettings.Breaker(20, 10, 50, Duration.ofSeconds(5), Duration.ofSeconds(30), 3));
  }
}
