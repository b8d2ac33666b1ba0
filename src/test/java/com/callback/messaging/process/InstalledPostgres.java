package com.callback.messaging.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL 15 of the operating system's package, with passwords and an ordinary login, as an
 * operator would set it up. It refuses to run as root, and then runs as the package's own user.
 */
final class InstalledPostgres implements AutoCloseable {

  static final String LOGIN = "callback_login";
  static final String PASSWORD = "an ordinary password";

  private static final Path BINARIES = Path.of("/usr/lib/postgresql/15/bin");

  private final Path folder;
  private final int port = ServiceProcess.freePort();
  private int databases;
  private String newest;

  private InstalledPostgres(Path folder) {
    this.folder = folder;
  }

  /**
   * A new server; without the package the test fails where it must run, and is skipped elsewhere.
   */
  static InstalledPostgres create() {
    if (!Files.isExecutable(BINARIES.resolve("postgres"))) {
      var missing =
          "Install PostgreSQL 15 (Debian: apt-get install postgresql-15) to run this test";
      if ("true".equals(System.getenv("CI"))) {
        fail(missing);
      }
      abort(missing);
    }
    try {
      var server = new InstalledPostgres(Files.createTempDirectory("installed-postgres"));
      server.init();
      server.start();
      server
          .database("postgres")
          .sql("create role %s login createrole password '%s'".formatted(LOGIN, PASSWORD))
          .update();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a service is told that is to use the newest database. */
  Map<String, String> settings() {
    return Map.of(
        "SPRING_DATASOURCE_URL",
        url(newest),
        "SPRING_DATASOURCE_USERNAME",
        LOGIN,
        "SPRING_DATASOURCE_PASSWORD",
        PASSWORD,
        "MESSAGING_SECRETS_KEY",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
  }

  /** An API key of the business that a funnel belongs to. */
  String key(String funnel, String scopes) {
    var key = "cbk_" + (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
    database()
        .sql(
            "insert into messaging.api_keys (business_id, name, prefix, hash, scopes) select business_id, 'Test', left(:key, 12), sha256(convert_to(:key, 'UTF8')), string_to_array(:scopes, ',') from public.funnels where id = cast(:funnel as uuid)")
        .param("key", key)
        .param("scopes", scopes)
        .param("funnel", funnel)
        .update();
    return key;
  }

  String place() {
    return "127.0.0.1:" + port;
  }

  /** The newest database as an administrator sees it. */
  JdbcClient database() {
    return database(newest);
  }

  /** What an administrator does for a new service, besides giving it a login. */
  void newDatabase() {
    newest = "callback_" + ++databases;
    database("postgres").sql("create database " + newest).update();
    database().sql("grant create on database %s to %s".formatted(newest, LOGIN)).update();
    database().sql("grant create, usage on schema public to " + LOGIN).update();
  }

  void start() {
    var options =
        "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=''".formatted(port);
    run(
        "pg_ctl",
        "-D",
        data(),
        "-l",
        folder.resolve("log").toString(),
        "-o",
        options,
        "-w",
        "start");
  }

  /** Ends all sessions at once. */
  void stop() {
    run("pg_ctl", "-D", data(), "-m", "fast", "-w", "stop");
  }

  @Override
  public void close() {
    try {
      run("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
    } finally {
      FileSystemUtils.deleteRecursively(folder.toFile());
    }
  }

  private void init() throws IOException {
    var password = folder.resolve("password");
    Files.writeString(password, PASSWORD);
    if (isRoot()) {
      execute(List.of("chown", "-R", "postgres", folder.toString()));
    }
    run(
        "initdb",
        "-D",
        data(),
        "-U",
        "admin",
        "-A",
        "scram-sha-256",
        "--pwfile",
        password.toString());
  }

  private JdbcClient database(String name) {
    var source = new PGSimpleDataSource();
    source.setURL(url(name));
    source.setUser("admin");
    source.setPassword(PASSWORD);
    return JdbcClient.create((DataSource) source);
  }

  private String url(String database) {
    return "jdbc:postgresql://" + place() + "/" + database;
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private static void run(String program, String... arguments) {
    var command = new ArrayList<String>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(BINARIES.resolve(program).toString());
    command.addAll(Arrays.asList(arguments));
    execute(command);
  }

  private static void execute(List<String> command) {
    try {
      var log = Files.createTempFile("installed-postgres", ".log");
      // A pipe would stay open for as long as the server lives.
      var process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      int code = process.waitFor();
      var output = Files.readString(log);
      Files.delete(log);
      assertThat(code).as("%s%n%s", command, output).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}
