package com.callback.messaging.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.platform.database.DatabaseTrouble;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;

class ProblemsTest {

  private final Problems problems = new Problems(new DatabaseTrouble(Clock.systemUTC()));

  @ParameterizedTest
  @CsvSource({
    "08001, 503",
    "08006, 503",
    "57P01, 503",
    "57P03, 503",
    "57014, 503",
    "55P03, 503",
    "53300, 503",
    "22P02, 400",
    "22021, 400",
    "23505, 409",
    "42501, 403",
    ", 500"
  })
  void what_the_database_says_decides_what_the_caller_is_told(String state, int status) {
    var failure = new RuntimeException("outer", new SQLException("secret detail", state));
    assertThat(problems.of(failure).status()).isEqualTo(status);
    assertThat(problems.of(failure).toString()).doesNotContain("secret");
  }

  @Test
  void a_database_that_cannot_be_reached_is_no_fault_of_ours() {
    for (var failure :
        List.of(
            new DataAccessResourceFailureException("x"),
            new CannotCreateTransactionException("x"),
            new QueryTimeoutException("x"),
            new SQLTransientConnectionException("x"))) {
      assertThat(problems.of(new IllegalStateException(failure))).isEqualTo(Problems.UNAVAILABLE);
    }
  }

  @Test
  void a_refusal_is_found_however_deep_it_is_wrapped() {
    var refusal = new RequestRefusedException(Problem.of(404, "unknown", "Unknown", "Look again."));
    assertThat(problems.of(new RuntimeException(new RuntimeException(refusal))))
        .isEqualTo(refusal.problem());
  }

  @Test
  void a_failure_that_is_its_own_cause_ends_the_search() {
    var failure = new Exception("outer");
    var inner = new Exception("inner", failure);
    failure.initCause(inner);
    assertThat(problems.of(failure).status()).isEqualTo(500);
  }

  @Test
  void our_own_faults_are_told_without_their_messages() {
    assertThat(problems.of(new IllegalStateException("secret")).toString())
        .contains("status=500")
        .doesNotContain("secret", "IllegalState");
  }
}
