package com.callback.messaging.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * A pool that keeps its callers waiting while the database answers and only all connections are
 * busy, or the machine is: beside an instance that starts, a connection may take seconds. A
 * database that refuses connections, or has given none for as long as callers are patient, is away,
 * and they are told so within a second.
 */
final class PatientPool extends HikariDataSource {

  private static final String NO_CONNECTION = "08001";

  /** More than half of the threads of HTTP must not wait here: the others have work to do. */
  private static final int MOST_WAITING = 32;

  private final Semaphore waiting = new Semaphore(MOST_WAITING);
  private final long patience;
  private volatile long answered = System.nanoTime();

  /**
   * @param patience how long one waits at most
   */
  PatientPool(Duration patience) {
    this.patience = patience.toNanos();
  }

  @Override
  public Connection getConnection() throws SQLException {
    var since = System.nanoTime();
    try {
      return connection();
    } catch (SQLTransientConnectionException e) {
      if (isAway(e) || !waiting.tryAcquire()) {
        throw e;
      }
    }
    try {
      return awaitConnection(since);
    } finally {
      waiting.release();
    }
  }

  private Connection awaitConnection(long since) throws SQLException {
    while (true) {
      try {
        return connection();
      } catch (SQLTransientConnectionException e) {
        if (isAway(e) || hasPassed(since) || hasPassed(answered)) {
          throw e;
        }
      }
    }
  }

  private Connection connection() throws SQLException {
    var connection = super.getConnection();
    answered = System.nanoTime();
    return connection;
  }

  private boolean hasPassed(long since) {
    return System.nanoTime() - since >= patience;
  }

  /** Whether a failure says more than that nothing came in time. */
  private static boolean isAway(SQLException failure) {
    return DatabaseTrouble.causeOf(failure).isPresent() && !isTimeOut(root(failure));
  }

  /** A connect that took too long, or a log-in, which the driver reports without a cause. */
  private static boolean isTimeOut(Throwable root) {
    return root instanceof SocketTimeoutException
        || root instanceof SQLException sql && NO_CONNECTION.equals(sql.getSQLState());
  }

  private static Throwable root(Throwable failure) {
    var root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
