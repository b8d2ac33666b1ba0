package com.callback.messaging.platform.database;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * The database's time, the one clock of all instances: it is asked at the start and every few
 * seconds, and counted on in between by what the machine cannot set. It is right to half of what
 * the quickest question took, a millisecond or two, plus the drift since, 0.2 ms per second at
 * most.
 *
 * <p>A machine's clock that is set while this runs changes nothing. After a machine that slept, and
 * after a fail-over to a database whose own clock differs, it is right again with the next
 * question.
 */
public class DatabaseClock extends Clock implements SmartInitializingSingleton {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);

  /** What people should know of: their logs and certificates go by the machine's clock. */
  private static final Duration MUCH = Duration.ofSeconds(2);

  /** By what share two machines' seconds differ at most; quartz is ten times better. */
  private static final double DRIFT = 0.0002;

  private final DataSource database;
  private final Clock machine;
  private final LongSupplier nanos;
  private volatile Answer last;
  private volatile Duration skew = Duration.ZERO;
  private Duration logged = Duration.ZERO;

  DatabaseClock(DataSource database, Clock machine, LongSupplier nanos) {
    this.database = database;
    this.machine = machine;
    this.nanos = nanos;
  }

  /**
   * What the database said.
   *
   * @param nanos the reading of the machine's counter at that moment
   * @param error in nanoseconds: by how much the moment may be wrong either way
   */
  private record Answer(Instant moment, long nanos, long error) {

    Instant at(long now) {
      return moment.plusNanos(now - nanos);
    }

    long errorAt(long now) {
      return error + (long) ((now - nanos) * DRIFT);
    }

    /** Whether this is to be believed instead of an older one. */
    boolean isBetterThan(Answer older) {
      var apart = Math.abs(Duration.between(older.at(nanos), moment).toNanos());
      return error <= older.errorAt(nanos) || apart > error + older.errorAt(nanos);
    }
  }

  /** Until the database has answered for the first time, the machine's own time. */
  @Override
  public Instant instant() {
    var answer = last;
    return answer == null ? machine.instant() : answer.at(nanos.getAsLong());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new InZone(this, zone);
  }

  /** Before anything is sent; the migrations have run. */
  @Override
  public void afterSingletonsInstantiated() {
    measure();
  }

  /** Asks the database; while it is away the last answer holds. */
  public synchronized void measure() {
    try {
      var answer = ask();
      if (last == null || answer.isBetterThan(last)) {
        last = answer;
      }
      skew = Duration.between(instant(), machine.instant());
      log();
    } catch (SQLException e) {
      // Whatever needs the database says that it is away.
      LOG.debug("The database did not say what time it is");
    }
  }

  /** By how much the machine's clock is ahead of the database's; negative when it is behind. */
  Duration skew() {
    return skew;
  }

  private Answer ask() throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      var begun = nanos.getAsLong();
      try (var row = statement.executeQuery("select clock_timestamp()")) {
        row.next();
        var moment = row.getObject(1, OffsetDateTime.class).toInstant();
        var took = nanos.getAsLong() - begun;
        return new Answer(moment, begun + took / 2, took / 2);
      }
    }
  }

  private void log() {
    if (skew.minus(logged).abs().compareTo(MUCH) <= 0) {
      return;
    }
    logged = skew;
    if (skew.abs().compareTo(MUCH) > 0) {
      LOG.warn(
          "This machine's clock is {} s {} the database's. Deliveries, leases and expiry go by the database's; set this machine's by NTP.",
          "%.1f".formatted(skew.abs().toMillis() / 1000.0),
          skew.isNegative() ? "behind" : "ahead of");
    } else {
      LOG.info("This machine's clock agrees with the database's again");
    }
  }

  /** The same time in another zone, corrected along with it. */
  private static final class InZone extends Clock {

    private final Clock clock;
    private final ZoneId zone;

    InZone(Clock clock, ZoneId zone) {
      this.clock = clock;
      this.zone = zone;
    }

    @Override
    public Instant instant() {
      return clock.instant();
    }

    @Override
    public ZoneId getZone() {
      return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
      return new InZone(clock, other);
    }
  }
}
