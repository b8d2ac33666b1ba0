package com.callback.messaging.platform.startup;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.postgresql.Driver;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.PropertyResolver;

/**
 * Tries the configured database before anything else starts, so that a wrong address is one
 * sentence and comes early. A database that starts at the same time, or has much to do, is waited
 * for.
 */
final class ConfiguredDatabase {
  private static final int OLDEST_MAJOR_VERSION = 15;

  private final String url;
  private final Properties login = new Properties();
  private final Properties target;
  private final Duration patience;

  private ConfiguredDatabase(String url, String user, String password, Duration patience) {
    this.url = url;
    this.patience = patience;
    put("user", user);
    put("password", password);
    this.target = url.startsWith("jdbc:postgresql:") ? Driver.parseURL(url, login) : null;
  }

  static ConfiguredDatabase of(PropertyResolver settings) {
    return new ConfiguredDatabase(
        settings.getRequiredProperty("spring.datasource.url").trim(),
        settings.getProperty("spring.datasource.username"),
        settings.getProperty("spring.datasource.password"),
        patience(settings));
  }

  /** Returns when the database answered and will do. */
  void check() {
    // A password before an @ would be taken for part of the host and shown as such.
    if (target == null || target.getProperty("PGHOST", "").contains("@")) {
      throw new StartFailure(
          "SPRING_DATASOURCE_URL must look like jdbc:postgresql://host:5432/database, with user and"
              + " password in SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD.");
    }
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try (Connection connection = new Driver().connect(url, inTime(end))) {
        requireVersion(connection.getMetaData().getDatabaseMajorVersion());
        return;
      } catch (SQLException e) {
        if (!mayStillCome(e) || System.nanoTime() >= end) {
          throw new StartFailure(sentence(e), e);
        }
      }
      pause();
    }
  }

  /** Not reached, cut off, starting, or without a free connection: each may be over in a moment. */
  private static boolean mayStillCome(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.equals("08001")
        || state.equals("08006")
        || state.equals("57P03")
        || state.equals("53300");
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("The start was interrupted while it waited for the database.");
    }
  }

  private static Duration patience(PropertyResolver settings) {
    String wanted = settings.getProperty("messaging.database.start-patience", "15s").trim();
    try {
      return DurationStyle.detectAndParse(wanted);
    } catch (IllegalArgumentException e) {
      throw new StartFailure(
          "messaging.database.start-patience is '%s': set MESSAGING_DATABASE_START_PATIENCE to a duration such as 15s."
              .formatted(wanted));
    }
  }

  private Properties inTime(long end) {
    long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime()));
    Properties properties = new Properties();
    properties.putAll(login);
    properties.setProperty("connectTimeout", Long.toString(Math.min(2, seconds)));
    properties.setProperty("socketTimeout", Long.toString(seconds));
    properties.setProperty("loginTimeout", Long.toString(seconds));
    return properties;
  }

  void requireVersion(int major) {
    if (major < OLDEST_MAJOR_VERSION) {
      throw new StartFailure(
          "The database at %s is PostgreSQL %d: use version %d or newer."
              .formatted(place(), major, OLDEST_MAJOR_VERSION));
    }
  }

  private String sentence(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return switch (state) {
      // 08004 is the driver's own answer when a password is asked for and none is set.
      case "28P01", "28000", "08004" ->
          "The database at %s refuses user '%s': correct SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD."
              .formatted(place(), target.getProperty("user"));
      case "3D000" ->
          "There is no database '%s' at %s: create it, or correct SPRING_DATASOURCE_URL."
              .formatted(target.getProperty("PGDBNAME"), place());
      case "08001", "08006" ->
          "The database at %s did not answer within %d s (messaging.database.start-patience): start it, or correct SPRING_DATASOURCE_URL."
              .formatted(place(), patience.toSeconds());
      default ->
          "The database at %s does not let us in (%s): see to that, or correct SPRING_DATASOURCE_URL."
              .formatted(place(), OneLine.of(e.getMessage()));
    };
  }

  private String place() {
    String[] hosts = target.getProperty("PGHOST", "localhost").split(",");
    String[] ports = target.getProperty("PGPORT", "5432").split(",");
    StringBuilder places = new StringBuilder();
    for (int i = 0; i < hosts.length; i++) {
      places.append(i == 0 ? "" : ", ").append(hosts[i]).append(':');
      places.append(ports[Math.min(i, ports.length - 1)]);
    }
    return places.toString();
  }

  private void put(String name, String value) {
    if (value != null) {
      login.setProperty(name, value);
    }
  }
}
