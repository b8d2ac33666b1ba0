package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;

/** This version of the service starts on a schema that a newer version has made. */
@ExtendWith(OutputCaptureExtension.class)
class OlderVersionTest {

  private static final Path CHANGED = Path.of("operation/R__iso.sql");

  @TempDir Path newer;

  private TestDatabase database;

  @BeforeEach
  void a_newer_version_with_another_function() throws IOException {
    database = TestDatabase.upToDate();
    FileSystemUtils.copyRecursively(Path.of("src/main/resources/db/migration"), newer);
    Files.writeString(
        newer.resolve(CHANGED),
        Files.readString(newer.resolve(CHANGED)).replace("YYYY-MM-DD", "YYYY/MM/DD"));
    Files.writeString(newer.resolve("operation/R__added.sql"), "select 1;");
  }

  @Test
  void an_older_version_leaves_the_functions_of_a_newer_schema(CapturedOutput output)
      throws IOException {
    Files.writeString(newer.resolve("V999__newer.sql"), "select 1;");
    migrate(database.flyway(TestDatabase.LOGIN).locations("filesystem:" + newer).load());
    migrate(database.flyway(TestDatabase.LOGIN).load());
    assertThat(moment()).isEqualTo("2026/03/01T09:30:00.000Z");
    assertThat(output).contains("The database has schema version 999, which this version");
  }

  @Test
  void a_version_on_a_schema_that_it_knows_has_its_own_functions(CapturedOutput output) {
    migrate(database.flyway(TestDatabase.LOGIN).locations("filesystem:" + newer).load());
    assertThat(moment()).isEqualTo("2026/03/01T09:30:00.000Z");
    migrate(database.flyway(TestDatabase.LOGIN).load());
    assertThat(moment()).isEqualTo("2026-03-01T09:30:00.000Z");
    assertThat(output).doesNotContain("which this version");
  }

  private static void migrate(Flyway flyway) {
    new Migrations().migrateAndNoticeADowngrade().migrate(flyway);
  }

  private String moment() {
    return database
        .admin()
        .sql("select messaging.iso(timestamptz '2026-03-01 09:30:00Z')")
        .query(String.class)
        .single();
  }
}
