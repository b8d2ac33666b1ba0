package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.MovableClock;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class DatabaseTroubleTest {

  private final MovableClock clock = new MovableClock();
  private final DatabaseTrouble trouble = new DatabaseTrouble(clock);

  @ParameterizedTest
  @CsvSource({
    "53100, no space left",
    "53300, no connection left",
    "25006, can only be read",
    "28P01, refuses the login",
    "57P03, stopping or starting",
    "08001, cannot be reached"
  })
  void a_failure_of_the_database_is_named_by_its_state(String state, String words) {
    var failure =
        new RuntimeException(
            new SQLTransientConnectionException("timed out", new SQLException("no", state)));
    assertThat(DatabaseTrouble.causeOf(failure))
        .hasValueSatisfying(c -> assertThat(c).contains(words));
  }

  @Test
  void a_failure_of_one_statement_is_no_trouble_of_the_database() {
    assertThat(DatabaseTrouble.causeOf(new SQLException("x", "23505"))).isEmpty();
    assertThat(DatabaseTrouble.causeOf(new SQLException("x"))).isEmpty();
    assertThat(DatabaseTrouble.causeOf(new IllegalStateException())).isEmpty();
  }

  @Test
  void a_cause_is_logged_once_a_minute_however_many_requests_meet_it(CapturedOutput output) {
    for (int i = 0; i < 50; i++) {
      trouble.note(new SQLException("x", "53100"));
    }
    assertThat(times(output, "no space left on its disk")).isEqualTo(1);
    trouble.note(new SQLException("x", "28P01"));
    assertThat(times(output, "SPRING_DATASOURCE_PASSWORD")).isEqualTo(1);
    clock.advance(Duration.ofSeconds(61));
    trouble.note(new SQLException("x", "53100"));
    assertThat(times(output, "no space left on its disk")).isEqualTo(2);
  }

  @Test
  void a_repeating_task_that_fails_is_logged_once_a_minute_with_its_cause(CapturedOutput output) {
    var tasks = new RepeatingTasks(clock);
    for (int i = 0; i < 50; i++) {
      tasks.failed("ledger-check", new RuntimeException(new SQLException("x", "28P01")));
      tasks.failed("ledger-check", new IllegalStateException("a lead's name"));
    }
    assertThat(times(output, "ledger-check failed")).isEqualTo(2);
    assertThat(output).contains("refuses the login", "IllegalStateException");
    assertThat(output).doesNotContain("a lead's name");
  }

  private static int times(CapturedOutput output, String words) {
    return output.getAll().split(words, -1).length - 1;
  }
}
