package com.callback.messaging.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The PostgreSQL that a service started for itself, seen from outside by its pid file. */
public final class EmbeddedServer {

  private static final int PORT_LINE = 3;

  private final Path pidFile;

  /**
   * @param folder where the service runs
   */
  public EmbeddedServer(Path folder) {
    this.pidFile = folder.resolve("data/pg/postmaster.pid");
  }

  boolean isAlive() {
    return process().isPresent();
  }

  /** Ends it where a test has left it alone. */
  void end() {
    process()
        .ifPresent(
            server -> {
              server.destroy();
              server.onExit().join();
            });
  }

  /** The database as an administrator sees it. */
  public JdbcClient database() {
    return JdbcClient.create(source());
  }

  /** The same, for whoever needs a connection of their own. */
  public DataSource source() {
    var source = new PGSimpleDataSource();
    source.setURL("jdbc:postgresql://127.0.0.1:" + lines().get(PORT_LINE).trim() + "/postgres");
    source.setUser("postgres");
    return source;
  }

  private Optional<ProcessHandle> process() {
    return lines().stream()
        .findFirst()
        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.trim())))
        .filter(server -> server.info().command().orElse("").contains("postgres"));
  }

  private List<String> lines() {
    try {
      return Files.exists(pidFile) ? Files.readAllLines(pidFile) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
