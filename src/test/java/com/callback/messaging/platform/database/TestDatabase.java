package com.callback.messaging.platform.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.flyway.autoconfigure.FlywayProperties;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database of a test's own, and the logins that reach it. None of them has a password. */
record TestDatabase(String url) {

  static final String SUPERUSER = "postgres";

  /** A login that owns its database and may create roles, and so needs no administrator. */
  static final String LOGIN = "messaging_login";

  /** A database of {@link #LOGIN}, up to date. */
  static TestDatabase upToDate() {
    return PostgresServer.forCopies()
        .preparedDatabase(
            "up_to_date",
            database ->
                database
                    .run(
                        "create role messaging_login login createrole; alter database callback owner to messaging_login")
                    .migrate(LOGIN));
  }

  /** The database under the superuser, whom nothing binds. */
  JdbcClient admin() {
    return JdbcClient.create(login(SUPERUSER));
  }

  DataSource login(String user) {
    var dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url + "?stringtype=unspecified");
    dataSource.setUser(user);
    return dataSource;
  }

  /** Runs a script as the superuser. */
  TestDatabase run(String script) {
    new JdbcTemplate(login(SUPERUSER)).execute(script);
    return this;
  }

  /** Runs a file of the project as the superuser. */
  TestDatabase runFile(String file) {
    return run(read(file));
  }

  /** Brings the schema up to date as the service does, with the settings it is shipped with. */
  MigrateResult migrate(String user) {
    return flyway(user).load().migrate();
  }

  /** As the service is configured. */
  FluentConfiguration flyway(String user) {
    var settings = shippedSettings();
    return Flyway.configure()
        .dataSource(login(user))
        .locations(settings.getLocations().toArray(String[]::new))
        .defaultSchema(settings.getDefaultSchema())
        .schemas(settings.getSchemas().toArray(String[]::new))
        .table(settings.getTable())
        .baselineOnMigrate(settings.isBaselineOnMigrate())
        .baselineVersion(settings.getBaselineVersion())
        .ignoreMigrationPatterns(settings.getIgnoreMigrationPatterns().toArray(String[]::new));
  }

  static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FlywayProperties shippedSettings() {
    var sources = new MutablePropertySources();
    try {
      new YamlPropertySourceLoader()
          .load("shipped", new FileSystemResource("config/application.yaml"))
          .forEach(sources::addLast);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Binder(ConfigurationPropertySources.from(sources))
        .bind("spring.flyway", FlywayProperties.class)
        .get();
  }
}
