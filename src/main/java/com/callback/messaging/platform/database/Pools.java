package com.callback.messaging.platform.database;

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
 * Opens the configured database once for each kind of work, so that none of them waits for the
 * connections of another: each connection acts as one role without inherited rights, and a route
 * can do no more than its pool may. Migrations alone use the login itself.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DataSourceProperties.class, PoolSettings.class})
class Pools {

  /** How long those wait for a locked row who would hold up others. */
  private static final Duration SOON = Duration.ofMillis(300);

  private static final Duration LOCK_WAIT = Duration.ofSeconds(2);

  /** Planning these statements takes as long as they do: they are planned once per connection. */
  private static final String PLANNED_ONCE = "; set plan_cache_mode = force_generic_plan";

  /**
   * A plan that was made while a table was small would read all of it when it has grown; these find
   * each row by its key.
   */
  private static final String BY_KEY =
      "; set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off";

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
   * all. A row that somebody else has locked is not waited for: its batch is taken apart, and the
   * others are stored. A lead waits for a connection as long as the database answers.
   */
  @Bean
  HikariDataSource intake() {
    var pool =
        configured(
            new PatientPool(settings.patience()),
            "intake",
            "intake",
            settings.intakeSize(),
            Duration.ofSeconds(3),
            SOON,
            true);
    return prepared(pool, PLANNED_ONCE);
  }

  /**
   * For the engine that delivers: claims and records, all repeatable, so their commits need not
   * wait for the disk, and a row that somebody else has locked is tried again later.
   */
  @Bean
  @Primary
  HikariDataSource worker() {
    var pool = pool("worker", "worker", settings.workerSize(), Duration.ofSeconds(10), SOON, false);
    return prepared(pool, PLANNED_ONCE + BY_KEY);
  }

  /**
   * For what must be known before anybody is known: whose key or session it is, which funnel a page
   * shows, what is new for those who listen.
   */
  @Bean
  HikariDataSource lookup() {
    var pool = new PatientPool(settings.patience());
    return configured(
        pool, "lookup", "worker", settings.lookupSize(), Duration.ofSeconds(5), LOCK_WAIT, true);
  }

  /**
   * For timers that tidy, count and sum up: nobody waits for them, and they wait for one another.
   */
  @Bean
  HikariDataSource upkeep() {
    var pool =
        pool("upkeep", "worker", settings.upkeepSize(), Duration.ofSeconds(10), LOCK_WAIT, false);
    pool.setConnectionTimeout(10_000);
    return pool;
  }

  /** Without rights of its own: what acts for a caller becomes that caller for one transaction. */
  @Bean
  HikariDataSource api() {
    var pool = pool("api", "api", settings.apiSize(), Duration.ofSeconds(10), LOCK_WAIT, true);
    // Filters differ from call to call: a plan that was made for all of them would fit none.
    pool.addDataSourceProperty("prepareThreshold", "0");
    return pool;
  }

  private HikariDataSource pool(
      String name, String role, int size, Duration patience, Duration lockWait, boolean durable) {
    return configured(new HikariDataSource(), name, role, size, patience, lockWait, durable);
  }

  private static HikariDataSource prepared(HikariDataSource pool, String planning) {
    pool.setConnectionInitSql(pool.getConnectionInitSql() + planning);
    pool.addDataSourceProperty("prepareThreshold", "1");
    return pool;
  }

  /** Connects at its first use, which is after the migrations. */
  private HikariDataSource configured(
      HikariDataSource pool,
      String name,
      String role,
      int size,
      Duration patience,
      Duration lockWait,
      boolean durable) {
    pool.setPoolName(name);
    pool.setJdbcUrl(login.determineUrl());
    pool.setUsername(login.determineUsername());
    pool.setPassword(login.determinePassword());
    pool.setMaximumPoolSize(size);
    // Whoever asks is told within a second that the database is away or does not keep up.
    pool.setConnectionTimeout(1_000);
    pool.setValidationTimeout(1_000);
    pool.setInitializationFailTimeout(5_000);
    // Compiling a plan takes longer than any of our statements: each reads few rows.
    pool.setConnectionInitSql(
        "set role messaging_%s; set synchronous_commit = %s; set statement_timeout = %d; set lock_timeout = %d; set idle_in_transaction_session_timeout = %d; set jit = off"
            .formatted(
                role,
                durable ? "on" : "off",
                patience.toMillis(),
                lockWait.toMillis(),
                patience.toMillis()));
    pool.addDataSourceProperty("ApplicationName", "callback-messaging " + name);
    pool.addDataSourceProperty("connectTimeout", "2");
    // After the server's own limit: a client that gives up first does not know what was committed.
    pool.addDataSourceProperty("socketTimeout", Long.toString(patience.toSeconds() + 2));
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    pool.addDataSourceProperty("stringtype", "unspecified");
    return pool;
  }
}
