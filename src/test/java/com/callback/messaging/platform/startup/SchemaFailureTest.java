package com.callback.messaging.platform.startup;

import static org.assertj.core.api.Assertions.assertThat;

import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Why the schema could not be brought up to date, in one sentence that says what to do. */
class SchemaFailureTest {

  @Test
  void a_missing_right_names_the_file_that_gives_it() {
    assertThat(sentence("42501", "permission denied for database callback"))
        .isEqualTo(
            "The database schema could not be brought up to date by V2__x.sql: permission denied for database callback: let an administrator run docs/sql/roles.sql once, then start again.");
  }

  @Test
  void a_migration_s_own_words_are_not_cut_off_by_where_they_were_said() {
    assertThat(sentence("P0001", "The login may not: do this, then start again"))
        .isEqualTo(
            "The database schema could not be brought up to date by V2__x.sql: The login may not: do this, then start again.");
  }

  private static String sentence(String state, String message) {
    var answer =
        new ServerErrorMessage(
            "SERROR\0C%s\0M%s\0WPL/pgSQL function inline_code_block line 12 at RAISE\0"
                .formatted(state, message));
    return SchemaFailure.sentence(
        new FlywayException("Script V2__x.sql failed", new PSQLException(answer)));
  }
}
