package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * {@code docs/schema.sql} is what the migrations make. {@code make schema} writes it, by this test.
 */
class SchemaFileTest {

  private static final Path FILE = Path.of("docs/schema.sql");
  private static final String HEADER =
      """
      -- The tables that the migrations make, with their indexes, triggers, policies and rights. Written by "make schema", for reading:
      -- tables are changed by migrations, see add-a-migration.md. Row-level security is enabled and forced on every table, for its
      -- owner too. What functions and triggers do is in what-the-database-does.md.

      """;

  @Test
  void the_schema_file_is_what_the_migrations_make() throws IOException {
    var made = HEADER + String.join("\n", tables());
    if (Boolean.getBoolean("schema.write")) {
      Files.writeString(FILE, made);
    }
    assertThat(FILE)
        .as("docs/schema.sql: renew it by \"make schema\" and commit it with the migration")
        .hasContent(made);
  }

  private static List<String> tables() {
    var database = TestDatabase.upToDate();
    var dataSource = (PGSimpleDataSource) database.login(TestDatabase.SUPERUSER);
    dataSource.setCurrentSchema("pg_catalog");
    return new JdbcTemplate(dataSource)
        .queryForList(
            TestDatabase.read("src/test/resources/database/describe-schema.sql"), String.class);
  }
}
