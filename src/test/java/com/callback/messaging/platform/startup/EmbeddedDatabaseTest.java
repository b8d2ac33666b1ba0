package com.callback.messaging.platform.startup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
  @TempDir Path data;

  @Test
  void what_is_committed_is_on_disk_and_nothing_personal_is_in_the_log() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
      assertThat(ask(database, "show fsync")).isEqualTo("on");
      assertThat(ask(database, "show synchronous_commit")).isEqualTo("on");
      assertThat(ask(database, "show full_page_writes")).isEqualTo("on");
      assertThat(ask(database, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(ask(database, "show server_encoding")).isEqualTo("UTF8");
      assertThat(ask(database, "select lower('ÀÉÎ')")).isEqualTo("àéî");
      assertThat(ask(database, "select current_setting('server_version_num')::int / 10000"))
          .isEqualTo(Integer.toString(PostgresBinaries.MAJOR_VERSION));
      assertThatThrownBy(() -> ask(database, "select 'Zoë Example'::int"))
          .isInstanceOf(SQLException.class);
    }
    assertThat(Files.readString(data.resolve("postgres.log")))
        .contains("ready to accept connections")
        .contains("database system is shut down")
        .doesNotContain("Zoë");
  }

  @Test
  void data_is_kept_over_a_restart() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
      run(database, "create table lead as select 'Ada' as name");
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
      assertThat(ask(database, "select name from lead")).isEqualTo("Ada");
    }
  }

  @Test
  void the_server_of_a_killed_process_is_stopped_and_its_data_kept() throws Exception {
    String killed = startAndKillAService();
    ProcessHandle leftover = LeftoverServer.find(data.resolve("pg")).orElseThrow();
    assertThat(askUrl(killed, "select name from lead")).isEqualTo("Grace");

    try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
      assertThat(leftover.info().command()).isEmpty();
      assertThat(ask(database, "select name from lead")).isEqualTo("Grace");
    }
    assertThat(LeftoverServer.find(data.resolve("pg"))).isEmpty();
  }

  @Test
  void a_second_instance_on_the_same_folder_is_refused_and_leaves_the_first_alone()
      throws Exception {
    try (EmbeddedDatabase first = EmbeddedDatabase.start(data)) {
      assertThatThrownBy(() -> EmbeddedDatabase.start(data))
          .isInstanceOf(StartFailure.class)
          .hasMessage(
              "The data folder %s is in use by another instance (process %d): stop that one, or set MESSAGING_DATA_DIR to another folder.",
              data, ProcessHandle.current().pid());
      assertThat(ask(first, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void a_first_start_that_was_cut_short_is_begun_again() throws Exception {
    Files.createDirectories(data.resolve("pg/base"));
    Files.writeString(data.resolve("pg/postgresql.conf"), "");
    Files.writeString(data.resolve("pg.unfinished"), "");
    try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
      assertThat(ask(database, "select 1")).isEqualTo("1");
      assertThat(data.resolve("pg.unfinished")).doesNotExist();
    }
  }

  @Test
  void a_folder_of_another_version_is_refused_and_given_free_again() throws Exception {
    Files.createDirectories(data.resolve("pg"));
    Files.writeString(data.resolve("pg/PG_VERSION"), "15\n");
    assertThatThrownBy(() -> EmbeddedDatabase.start(data))
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "%s was written by PostgreSQL 15 and this service brings version 17: move the data over with pg_dump, or set MESSAGING_DATA_DIR to another folder.",
            data.resolve("pg"));
    DataFolder.claim(data).close();
  }

  @Test
  void a_folder_that_holds_something_else_is_refused_untouched() throws Exception {
    Path notes = Files.createDirectories(data.resolve("pg")).resolve("notes.txt");
    Files.writeString(notes, "mine");
    assertThatThrownBy(() -> EmbeddedDatabase.start(data))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("is not a database folder: move it away");
    assertThat(notes).hasContent("mine");
  }

  @Test
  void a_file_in_place_of_the_folder_is_refused() throws Exception {
    Path file = Files.writeString(data.resolve("file"), "");
    assertThatThrownBy(() -> EmbeddedDatabase.start(file))
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "The data folder %s is a file: move it away, or set MESSAGING_DATA_DIR to another folder.",
            file);
  }

  @Test
  void a_folder_that_cannot_be_created_is_refused() throws Exception {
    Path file = Files.writeString(data.resolve("file"), "");
    assertThatThrownBy(() -> EmbeddedDatabase.start(file.resolve("below")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(
            "cannot be created: create it for this user, or set MESSAGING_DATA_DIR");
  }

  @Test
  void a_folder_that_cannot_be_written_is_refused() throws Exception {
    // A folder where the lock file should be stops even the superuser.
    Files.createDirectories(data.resolve("lock"));
    assertThatThrownBy(() -> EmbeddedDatabase.start(data))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("cannot be written: give this user the right to, or set");
  }

  @Test
  void a_build_without_binaries_asks_for_an_address() {
    ClassLoader empty = new ClassLoader(null) {};
    assertThatThrownBy(() -> EmbeddedDatabase.start(data, new PostgresBinaries(empty)))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("This build contains no PostgreSQL for ")
        .hasMessageEndingWith(": set SPRING_DATASOURCE_URL.");
    assertThat(data.resolve("pg.unfinished")).doesNotExist();
  }

  @Test
  void the_number_of_another_process_in_the_pid_file_is_left_alone() throws Exception {
    Path pg = Files.createDirectories(data.resolve("pg"));
    Files.writeString(
        pg.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + pg + "\n");
    assertThat(LeftoverServer.find(pg)).isEmpty();
  }

  private String startAndKillAService() throws IOException, SQLException, InterruptedException {
    Process service =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledService.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(service.getInputStream(), UTF_8))) {
      String url =
          lines
              .lines()
              .filter(line -> line.startsWith("ready "))
              .findFirst()
              .orElseThrow()
              .substring("ready ".length());
      try (Connection connection = connect(url);
          Statement statement = connection.createStatement()) {
        statement.execute("create table lead as select 'Grace' as name");
      }
      return url;
    } finally {
      service.destroyForcibly();
      service.waitFor(10, TimeUnit.SECONDS);
    }
  }

  private static String ask(EmbeddedDatabase database, String query) throws SQLException {
    return askUrl(database.url(), query);
  }

  private static String askUrl(String url, String query) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void run(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = connect(database.url());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(url, EmbeddedDatabase.USER, "");
  }
}
