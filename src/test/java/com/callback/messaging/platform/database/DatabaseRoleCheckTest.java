package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.platform.startup.StartFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The start is refused where row-level security would not bind what the service runs as. */
class DatabaseRoleCheckTest {

  private TestDatabase database;

  @BeforeEach
  void migrate() {
    database = TestDatabase.upToDate();
  }

  @AfterEach
  void give_the_roles_back_what_they_were() {
    for (var role :
        List.of("messaging_intake", "messaging_worker", "messaging_api", "authenticated")) {
      database.run("alter role %s nosuperuser nobypassrls".formatted(role));
    }
  }

  @ParameterizedTest
  @CsvSource({"intake, bypassrls", "worker, superuser", "api, bypassrls"})
  void a_role_that_sees_past_the_fence_is_refused(String pool, String attribute) {
    database.run("alter role messaging_%s %s".formatted(pool, attribute));

    assertThatThrownBy(this::start)
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "The pool \"%s\" acts as the role messaging_%s, which row-level security does not bind: let an administrator run \"alter role messaging_%s nosuperuser nobypassrls\".",
            pool, pool, pool);
  }

  @Test
  void callers_must_be_fenced_too() {
    database.run("alter role authenticated bypassrls");

    assertThatThrownBy(this::start)
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("the role authenticated, which row-level security does not bind");
  }

  @Test
  void a_pool_that_lost_its_role_is_refused() {
    try (var doors = new Doors(database, TestDatabase.LOGIN)) {
      var mixedUp = Map.of("intake", doors.worker);
      assertThatThrownBy(() -> new DatabaseRoleCheck(mixedUp).afterPropertiesSet())
          .isInstanceOf(StartFailure.class)
          .hasMessage(
              "The pool \"intake\" acts as the role messaging_worker instead of messaging_intake: connect directly, or through a pooler in session mode.");
    }
  }

  private void start() {
    try (var doors = new Doors(database, TestDatabase.LOGIN)) {
      new DatabaseRoleCheck(doors.byName()).afterPropertiesSet();
    }
  }
}
