package com.callback.messaging.database;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * Opens the configured database three times, each connection acting as one role without inherited
 * rights, so that a route can do no more than its pool may. Migrations alone use the login itself.
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

  @Bean(defaultCandidate = false)
  @FlywayDataSource
  DataSource login() {
    var dataSource = new SimpleDriverDataSource();
    dataSource.setDriver(new org.postgresql.Driver());
    dataSource.setUrl(login.determineUrl());
    dataSource.setUsername(login.determineUsername());
    dataSource.setPassword(login.determinePassword());
    return dataSource;
  }

  /**
   * For the accept statement: autocommit, one round trip, and an answer within seconds or not at
   * all.
   */
  @Bean
  HikariDataSource intake() {
    var pool = pool("intake", settings.intakeSize(), Duration.ofSeconds(3), "on");
    // A visitor is told within a second that the database is away.
    pool.setConnectionTimeout(1_000);
    return pool;
  }

  /**
   * For claims, records, timers and receipts: all repeatable, so their commits need not wait for
   * the disk. What a crash of the database takes back is done again.
   */
  @Bean
  @Primary
  HikariDataSource worker() {
    return pool("worker", settings.workerSize(), Duration.ofSeconds(10), "off");
  }

  /** Without rights of its own: what acts for a caller becomes that caller for one transaction. */
  @Bean
  HikariDataSource api() {
    var pool = pool("api", settings.apiSize(), Duration.ofSeconds(10), "on");
    // Filters differ from call to call: a plan that was made for all of them would fit none.
    pool.addDataSourceProperty("prepareThreshold", "0");
    return pool;
  }

  private HikariDataSource pool(
      String name, int size, Duration patience, String synchronousCommit) {
    // Connects at its first use, which is after the migrations.
    var pool = new HikariDataSource();
    pool.setPoolName(name);
    pool.setJdbcUrl(login.determineUrl());
    pool.setUsername(login.determineUsername());
    pool.setPassword(login.determinePassword());
    pool.setMaximumPoolSize(size);
    pool.setConnectionTimeout(10_000);
    pool.setInitializationFailTimeout(5_000);
    // Compiling a plan takes longer than any of our statements: each reads few rows.
    pool.setConnectionInitSql(
        "set role messaging_%s; set synchronous_commit = %s; set statement_timeout = %d; set lock_timeout = %d; set idle_in_transaction_session_timeout = %d; set jit = off"
            .formatted(
                name,
                synchronousCommit,
                patience.toMillis(),
                patience.toMillis() / 5,
                patience.toMillis()));
    pool.addDataSourceProperty("ApplicationName", "callback-messaging " + name);
    pool.addDataSourceProperty("connectTimeout", "2");
    pool.addDataSourceProperty("socketTimeout", Long.toString(patience.toSeconds()));
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    pool.addDataSourceProperty("stringtype", "unspecified");
    return pool;
  }
}
