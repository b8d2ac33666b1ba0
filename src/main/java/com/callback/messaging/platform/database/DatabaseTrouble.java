package com.callback.messaging.platform.database;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Names what is wrong with the database, by SQLSTATE (PostgreSQL documentation, appendix A): in the
 * log at most once a minute per cause, and in health for as long as it lasts.
 */
@Component
public class DatabaseTrouble {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseTrouble.class);
  private static final int DEEPEST_CAUSE = 20;

  /** What the longest prefix of a SQLSTATE means. */
  private static final Map<String, String> CAUSES =
      Map.of(
          "53100",
          "the database cannot write: no space left on its disk",
          "53200",
          "the database is out of memory",
          "53300",
          "the database has no connection left: raise max_connections, or lower messaging.database.*-size",
          "25006",
          "the database can only be read: it is a standby, or default_transaction_read_only is on",
          "28",
          "the database refuses the login: correct SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD",
          "3D000",
          "the database does not exist any more: correct SPRING_DATASOURCE_URL",
          "57P",
          "the database is stopping or starting",
          "58030",
          "the database cannot read or write its files",
          "08",
          "the database cannot be reached");

  private final OncePerMinute log;
  private volatile String current;

  public DatabaseTrouble(Clock clock) {
    this.log = new OncePerMinute(clock);
  }

  /**
   * What is wrong with the database where a failure is about that, in words for its operator; empty
   * for a failure of one statement.
   */
  public static Optional<String> causeOf(Throwable failure) {
    // What the server said is deeper than what the pool makes of it.
    return Stream.iterate(failure, each -> each != null, Throwable::getCause)
        .limit(DEEPEST_CAUSE)
        .filter(SQLException.class::isInstance)
        .map(each -> String.valueOf(((SQLException) each).getSQLState()))
        .flatMap(state -> meaning(state).stream())
        .reduce((outer, inner) -> inner);
  }

  /** Logs the cause unless that was done within the last minute, and remembers it for health. */
  public void note(Throwable failure) {
    var cause =
        causeOf(failure)
            .orElse(
                "no answer in time: all connections are in use, or the database does not keep up");
    if (causeOf(failure).isPresent()) {
      current = cause;
    }
    if (log.allows(cause)) {
      LOG.warn("Requests are answered 503, nothing is lost: {}", cause);
    }
  }

  /** What was wrong last, and has not been seen to be right since. */
  Optional<String> current() {
    return Optional.ofNullable(current);
  }

  /** The database has answered, and could write. */
  void over() {
    current = null;
  }

  private static Optional<String> meaning(String state) {
    return Stream.of(state, state.substring(0, Math.min(3, state.length())))
        .map(CAUSES::get)
        .filter(each -> each != null)
        .findFirst()
        .or(() -> Optional.ofNullable(CAUSES.get(state.substring(0, Math.min(2, state.length())))));
  }
}
