package com.callback.messaging.chaos;

import static org.awaitility.Awaitility.await;

import com.callback.messaging.process.ServiceProcess;
import com.callback.messaging.process.Signals;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A PostgreSQL of the packed binaries, in processes of its own, as durable as an operator's: what
 * it has said yes to survives {@code kill -9} of all of them.
 */
final class PostgresProcess implements AutoCloseable {

  private static final String LOGIN = "callback_login";
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);

  private final Path folder;
  private final int port = ServiceProcess.freePort();
  private EmbeddedPostgres server;

  /**
   * @param folder for its data and its log
   */
  PostgresProcess(Path folder) {
    this.folder = folder;
    start();
    var admin = client("postgres");
    admin.sql("create role %s login createrole".formatted(LOGIN)).update();
    admin.sql("create database callback").update();
    admin.sql("grant create on database callback to " + LOGIN).update();
    database().sql("grant create, usage on schema public to " + LOGIN).update();
  }

  int port() {
    return port;
  }

  static String login() {
    return LOGIN;
  }

  /**
   * The database as an administrator sees it, whatever happens on the way that the service uses.
   */
  JdbcClient database() {
    return client("callback");
  }

  void start() {
    // Processes of a predecessor may hold its shared memory for a moment longer.
    await()
        .atMost(STARTS_WITHIN)
        .ignoreExceptions()
        .until(
            () -> {
              server = builder().start();
              return true;
            });
  }

  void kill() {
    Signals.kill(postmaster());
    forget();
  }

  void pause() {
    Signals.pause(postmaster());
  }

  void resume() {
    Signals.resume(postmaster());
  }

  @Override
  public void close() {
    forget();
  }

  /** Stops it where it still runs, and gives back what this process holds of it. */
  private void forget() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private EmbeddedPostgres.Builder builder() {
    var log = Redirect.appendTo(folder.resolve("postgres.log").toFile());
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(Path.of("target", "postgres-17").toFile())
        .setDataDirectory(folder.resolve("data"))
        .setCleanDataDirectory(false)
        .setPort(port)
        .setPGStartupWait(STARTS_WITHIN)
        .setErrorRedirector(log)
        .setOutputRedirector(log)
        .setLocaleConfig("locale", "C")
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("max_connections", "200")
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("unix_socket_directories", "");
  }

  private ProcessHandle postmaster() {
    try {
      var pid = Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0).trim();
      return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JdbcClient client(String database) {
    var source = new PGSimpleDataSource();
    source.setURL("jdbc:postgresql://127.0.0.1:" + port + "/" + database);
    source.setUser("postgres");
    return JdbcClient.create((DataSource) source);
  }
}
