package com.callback.messaging.platform.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.zip.ZipInputStream;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.jdbc.core.JdbcTemplate;

/** A PostgreSQL of one major version, started at its first use and kept until the tests end. */
final class PostgresServer {

  /** The version on the class path; the build puts the others into {@code target}. */
  static final int OURS = 17;

  /** No version: the server whose databases are copied, which no test empties. */
  private static final int COPIED = 0;

  private static final Map<Integer, PostgresServer> RUNNING = new ConcurrentHashMap<>();

  private final EmbeddedPostgres server;

  /** The prepared databases that the server has, and the roles that it had then. */
  private final Map<String, String> prepared = new ConcurrentHashMap<>();

  private PostgresServer(EmbeddedPostgres server) {
    this.server = server;
  }

  static PostgresServer version(int major) {
    return RUNNING.computeIfAbsent(major, PostgresServer::start);
  }

  /** One of {@link #OURS} for databases that are prepared once. */
  static PostgresServer forCopies() {
    return RUNNING.computeIfAbsent(COPIED, none -> start(OURS));
  }

  /**
   * An empty database on a server that knows no role but its superuser. What an earlier test made
   * there is gone, all of it: roles belong to the server, not to one database.
   */
  TestDatabase emptyDatabase() {
    var admin = admin();
    prepared.clear();
    runAll(
        admin,
        "select format('drop database %I with (force)', datname) from pg_database where oid >= 16384");
    // All in one statement, because they may have granted each other what they are.
    runAll(
        admin,
        "select 'drop role ' || string_agg(quote_ident(rolname), ', ') from pg_roles where oid >= 16384 having count(*) > 0");
    admin.execute("create database callback");
    return callback();
  }

  /**
   * A database of a test's own after these steps. They are taken once; then it is copied, as long
   * as no test has changed the server's roles.
   */
  TestDatabase preparedDatabase(String name, Consumer<TestDatabase> steps) {
    var admin = admin();
    if (!roles(admin).equals(prepared.get(name))) {
      steps.accept(emptyDatabase());
      admin.execute("alter database callback rename to " + name);
      prepared.put(name, roles(admin));
    }
    admin.execute("drop database if exists callback with (force)");
    runAll(
        admin,
        "select format('create database callback template %%I owner %%I', datname, pg_get_userbyid(datdba)) from pg_database where datname = '%s'"
            .formatted(name));
    return callback();
  }

  private static String roles(JdbcTemplate admin) {
    return admin.queryForObject(
        """
        select string_agg(line, ' ' order by line) from (
          select role::text from pg_authid role
          union all select member::text from pg_auth_members member
          union all select setting::text from pg_db_role_setting setting) lines (line)
        """,
        String.class);
  }

  private JdbcTemplate admin() {
    return new JdbcTemplate(server.getPostgresDatabase());
  }

  private TestDatabase callback() {
    return new TestDatabase("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/callback");
  }

  private static void runAll(JdbcTemplate admin, String statements) {
    admin.queryForList(statements, String.class).forEach(admin::execute);
  }

  private static PostgresServer start(int major) {
    quieten();
    var folder = Path.of("target", "postgres-" + major);
    var builder =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(folder.toFile())
            .setErrorRedirector(Redirect.DISCARD)
            .setOutputRedirector(Redirect.DISCARD)
            .setLocaleConfig("locale", "C")
            .setPGStartupWait(Duration.ofSeconds(60));
    if (major != OURS) {
      builder.setPgBinaryResolver(packedIn(folder.resolve("binaries.jar")));
    }
    try {
      return new PostgresServer(builder.start());
    } catch (IOException e) {
      throw new IllegalStateException(
          "PostgreSQL %d did not start. Its binaries come by ./mvnw generate-test-resources."
              .formatted(major),
          e);
    }
  }

  private static PgBinaryResolver packedIn(Path jar) {
    return (system, machine) -> binaries(jar);
  }

  private static InputStream binaries(Path jar) throws IOException {
    var content = new ZipInputStream(Files.newInputStream(jar));
    for (var entry = content.getNextEntry(); entry != null; entry = content.getNextEntry()) {
      if (entry.getName().endsWith(".txz")) {
        return content;
      }
    }
    throw new IOException("No PostgreSQL in " + jar);
  }

  /** Without the service around them these would tell every step they take. */
  private static void quieten() {
    var logging = LoggingSystem.get(PostgresServer.class.getClassLoader());
    List.of("org.flywaydb", "com.zaxxer.hikari", "org.springframework.jdbc", "io.zonky")
        .forEach(noisy -> logging.setLogLevel(noisy, LogLevel.WARN));
  }
}
