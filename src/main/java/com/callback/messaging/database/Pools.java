package com.callback.messaging.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.flyway.FlywayDataSource;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationInitializer;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * Opens the configured database three times, each connection acting as one role without inherited rights, so that a route
 * can do no more than its pool may. Migrations alone use the login itself.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DataSourceProperties.class, PoolSettings.class})
class Pools {

  private final DataSourceProperties login;
  private final PoolSettings settings;

  Pools(DataSourceProperties login, PoolSettings settings) {
    this.login = login;
    this.settings = settings;
  }

  @Bean
  @FlywayDataSource
  DataSource login() {
    var dataSource = new SimpleDriverDataSource();
    dataSource.setDriver(new org.postgresql.Driver());
    dataSource.setUrl(login.determineUrl());
    dataSource.setUsername(login.determineUsername());
    dataSource.setPassword(login.determinePassword());
    return dataSource;
  }

  /** For the accept statement: autocommit, one round trip, and an answer within seconds or not at all. */
  @Bean
  HikariDataSource intake(FlywayMigrationInitializer migrated) {
    return pool("intake", settings.intakeSize(), Duration.ofSeconds(3));
  }

  /** For claims, records, timers and receipts. */
  @Bean
  @Primary
  HikariDataSource worker(FlywayMigrationInitializer migrated) {
    return pool("worker", settings.workerSize(), Duration.ofSeconds(10));
  }

  /** Without rights of its own: {@code policy: asCaller} acts as the caller for one transaction. */
  @Bean
  HikariDataSource api(FlywayMigrationInitializer migrated) {
    return pool("api", settings.apiSize(), Duration.ofSeconds(10));
  }

  private HikariDataSource pool(String name, int size, Duration patience) {
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(login.determineUrl());
    config.setUsername(login.determineUsername());
    config.setPassword(login.determinePassword());
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(1_000);
    config.setInitializationFailTimeout(5_000);
    config.setConnectionInitSql(
        "set role messaging_%s; set statement_timeout = %d; set idle_in_transaction_session_timeout = %d"
            .formatted(name, patience.toMillis(), patience.toMillis()));
    config.addDataSourceProperty("ApplicationName", "callback-messaging " + name);
    config.addDataSourceProperty("connectTimeout", "2");
    config.addDataSourceProperty("socketTimeout", Long.toString(patience.toSeconds()));
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("stringtype", "unspecified");
    return new HikariDataSource(config);
  }
}
