package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.callback.messaging.support.MovableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The time of the service is the database's, whatever the machine's clock says. */
@ExtendWith(OutputCaptureExtension.class)
class DatabaseClockTest {

  private static Doors doors;

  private final MovableClock machine = new MovableClock();
  private final AtomicLong asleep = new AtomicLong();
  private final DatabaseClock clock =
      new DatabaseClock(doors.worker, machine, () -> System.nanoTime() - asleep.get());

  @BeforeAll
  static void open() {
    doors = new Doors(TestDatabase.upToDate(), TestDatabase.LOGIN);
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @Test
  void a_machine_that_is_90_s_ahead_goes_by_the_databases_clock_and_is_told_of(
      CapturedOutput output) {
    machine.advance(Duration.ofSeconds(90));
    assertThat(clock.instant())
        .as("before the first answer")
        .isCloseTo(machine.instant(), within(1, ChronoUnit.SECONDS));

    clock.measure();
    clock.measure();

    isTheDatabases(clock.instant());
    isTheDatabases(clock.withZone(ZoneId.of("Asia/Tokyo")).instant());
    isTheDatabases(OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)).toInstant());
    assertThat(clock.skew()).isBetween(Duration.ofSeconds(89), Duration.ofSeconds(91));
    assertThat(output).containsOnlyOnce("This machine's clock is 90.0 s ahead of the database's");
  }

  @Test
  void a_machine_clock_that_is_set_while_the_service_runs_changes_nothing() {
    clock.measure();

    machine.advance(Duration.ofHours(1));
    isTheDatabases(clock.instant());

    clock.measure();
    isTheDatabases(clock.instant());
    assertThat(clock.skew()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
  }

  @Test
  void a_machine_that_slept_is_right_again_with_the_next_answer() {
    clock.measure();
    asleep.set(Duration.ofMinutes(5).toNanos());
    assertThat(Duration.between(clock.instant(), Instant.now()))
        .isGreaterThan(Duration.ofMinutes(4));

    clock.measure();

    isTheDatabases(clock.instant());
  }

  @Test
  void instances_with_different_clocks_agree_within_milliseconds() {
    machine.advance(Duration.ofSeconds(90));
    var other = new DatabaseClock(doors.worker, Clock.systemUTC(), System::nanoTime);
    for (int n = 0; n < 20; n++) {
      clock.measure();
      other.measure();
    }

    assertThat(clock.instant()).isCloseTo(other.instant(), within(50, ChronoUnit.MILLIS));
  }

  private static void isTheDatabases(Instant moment) {
    var databases =
        JdbcClient.create(doors.worker)
            .sql("select clock_timestamp()")
            .query(OffsetDateTime.class)
            .single()
            .toInstant();
    assertThat(moment).isCloseTo(databases, within(1, ChronoUnit.SECONDS));
  }
}
