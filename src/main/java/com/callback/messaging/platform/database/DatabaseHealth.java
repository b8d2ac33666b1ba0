package com.callback.messaging.platform.database;

import com.callback.messaging.platform.health.Probe;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Says within a second whether the database answers. It counts for readiness: an instance with a
 * wrong password would keep its share of the callers otherwise. Once a write has failed for want of
 * space or rights, a write is tried, because reading goes on working.
 */
@Component("database")
class DatabaseHealth implements HealthIndicator {

  private final HikariDataSource intake;
  private final Probe probe;
  private final DatabaseTrouble trouble;

  DatabaseHealth(
      @Qualifier("intake") HikariDataSource intake, Probe probe, DatabaseTrouble trouble) {
    this.intake = intake;
    this.probe = probe;
    this.trouble = trouble;
  }

  @Override
  public Health health() {
    var answer = probe.ask(this::ask);
    if (answer.getStatus().equals(Status.UP)) {
      trouble.over();
      return answer;
    }
    return Health.status(answer.getStatus())
        .withDetail("cause", trouble.current().orElse("no answer within a second"))
        .build();
  }

  private Void ask() throws SQLException {
    try (var connection = intake.getConnection();
        var statement = connection.createStatement()) {
      if (trouble.current().isPresent()) {
        connection.setAutoCommit(false);
        // Larger than the free space of a page, so that the table has to grow.
        statement.execute("insert into messaging.write_probe default values");
        connection.rollback();
      } else {
        statement.execute("select 1");
      }
      return null;
    } catch (SQLException e) {
      trouble.note(e);
      throw e;
    }
  }
}
