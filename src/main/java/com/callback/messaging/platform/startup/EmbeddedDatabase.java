package com.callback.messaging.platform.startup;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** A PostgreSQL of our own, with its data in {@code pg/} of the data folder, kept over restarts. */
final class EmbeddedDatabase implements AutoCloseable {
  static final String USER = "postgres";

  private static final PgBinaryResolver BINARIES =
      new PostgresBinaries(EmbeddedDatabase.class.getClassLoader());
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final long LARGEST_LOG_BYTES = 1 << 20;

  private final DataFolder folder;
  private final EmbeddedPostgres server;
  private final Optional<ProcessHandle> process;

  private EmbeddedDatabase(DataFolder folder, Path pgData, EmbeddedPostgres server) {
    this.folder = folder;
    this.server = server;
    this.process = LeftoverServer.find(pgData);
  }

  static EmbeddedDatabase start(Path dataDir) {
    return start(dataDir, BINARIES);
  }

  static EmbeddedDatabase start(Path dataDir, PgBinaryResolver binaries) {
    DataFolder folder = DataFolder.claim(dataDir);
    try {
      return start(folder, binaries);
    } catch (RuntimeException | Error e) {
      folder.close();
      throw e;
    }
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
  }

  /** Stops the server with a fast shutdown and gives the data folder free. */
  @Override
  public void close() {
    try {
      server.close();
      process.ifPresent(LeftoverServer::end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      folder.close();
    }
  }

  private static EmbeddedDatabase start(DataFolder folder, PgBinaryResolver binaries) {
    Path pgData = folder.path().resolve("pg");
    Path log = folder.path().resolve("postgres.log");
    Path unfinished = folder.path().resolve("pg.unfinished");
    LeftoverServer.stop(pgData);
    try {
      dropHalfMade(pgData, unfinished);
      requireUsable(pgData);
      dropLongLog(log);
      if (!Files.exists(pgData.resolve("PG_VERSION"))) {
        Files.writeString(unfinished, "");
      }
      EmbeddedPostgres server = builder(pgData, log, binaries).start();
      Files.deleteIfExists(unfinished);
      return new EmbeddedDatabase(folder, pgData, server);
    } catch (StartFailure e) {
      unfinished.toFile().delete();
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      LeftoverServer.stop(pgData);
      throw new StartFailure(
          "The embedded PostgreSQL did not start: see %s, or set SPRING_DATASOURCE_URL to use another."
              .formatted(log),
          e);
    }
  }

  private static EmbeddedPostgres.Builder builder(
      Path pgData, Path log, PgBinaryResolver binaries) {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setPgBinaryResolver(binaries)
            .setOverrideWorkingDirectory(PostgresBinaries.unpackFolder().toFile())
            .setDataDirectory(pgData)
            .setCleanDataDirectory(false)
            // The library's hook would stop the server while the web server still answers.
            .setRegisterShutdownHook(false)
            .setPGStartupWait(START_LIMIT)
            .setErrorRedirector(Redirect.appendTo(log.toFile()))
            .setOutputRedirector(Redirect.appendTo(log.toFile()))
            // The same order and case rules on every machine.
            .setLocaleConfig("locale", "C")
            .setLocaleConfig("locale-provider", "builtin")
            .setLocaleConfig("builtin-locale", "C.UTF-8");
    return quiet(durable(builder))
        .setServerConfig("max_connections", "100")
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("unix_socket_directories", "");
  }

  /** The library's own defaults trade accepted leads for speed. */
  private static EmbeddedPostgres.Builder durable(EmbeddedPostgres.Builder builder) {
    return builder
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on");
  }

  /** Failed statements and their details carry names and telephone numbers. */
  private static EmbeddedPostgres.Builder quiet(EmbeddedPostgres.Builder builder) {
    return builder
        .setServerConfig("log_min_messages", "log")
        .setServerConfig("log_min_error_statement", "panic")
        .setServerConfig("log_error_verbosity", "terse")
        .setServerConfig("log_parameter_max_length_on_error", "0")
        .setServerConfig("log_checkpoints", "off");
  }

  /** A first start that was cut short leaves a folder that is no database and never held data. */
  private static void dropHalfMade(Path pgData, Path unfinished) throws IOException {
    boolean neverRan = !Files.exists(pgData.resolve("postmaster.opts"));
    if (Files.exists(unfinished) && neverRan) {
      FileSystemUtils.deleteRecursively(pgData);
    }
    Files.deleteIfExists(unfinished);
  }

  private static void requireUsable(Path pgData) throws IOException {
    Path version = pgData.resolve("PG_VERSION");
    if (Files.exists(version)) {
      requireVersion(pgData, Files.readString(version).trim());
    } else if (Files.exists(pgData) && !isEmptyFolder(pgData)) {
      throw new StartFailure(
          "%s is not a database folder: move it away, or set MESSAGING_DATA_DIR to another folder."
              .formatted(pgData));
    }
  }

  private static void requireVersion(Path pgData, String version) {
    if (!version.equals(Integer.toString(PostgresBinaries.MAJOR_VERSION))) {
      throw new StartFailure(
          "%s was written by PostgreSQL %s and this service brings version %d: move the data over with pg_dump, or set MESSAGING_DATA_DIR to another folder."
              .formatted(pgData, version, PostgresBinaries.MAJOR_VERSION));
    }
  }

  private static boolean isEmptyFolder(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> content = Files.list(path)) {
      return content.findAny().isEmpty();
    }
  }

  private static void dropLongLog(Path log) throws IOException {
    if (Files.exists(log) && Files.size(log) > LARGEST_LOG_BYTES) {
      Files.delete(log);
    }
  }
}
