package com.callback.messaging.database;

import com.callback.messaging.health.Probe;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Says within a second whether the database answers. Without it nothing is taken; but it is no part
 * of readiness, because another instance would not fare better.
 */
@Component("database")
class DatabaseHealth implements HealthIndicator {

  private final HikariDataSource intake;
  private final Probe probe;

  DatabaseHealth(@Qualifier("intake") HikariDataSource intake, Probe probe) {
    this.intake = intake;
    this.probe = probe;
  }

  @Override
  public Health health() {
    return probe.ask(this::select);
  }

  private Void select() throws SQLException {
    try (var connection = intake.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("select 1");
      return null;
    }
  }
}
