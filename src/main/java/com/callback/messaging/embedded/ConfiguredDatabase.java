package com.callback.messaging.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;
import org.springframework.core.env.PropertyResolver;

/** Tries the configured database once, so that a wrong address is one sentence and comes early. */
final class ConfiguredDatabase {
  private static final int OLDEST_MAJOR_VERSION = 15;

  private final String url;
  private final Properties login = new Properties();
  private final Properties target;

  private ConfiguredDatabase(String url, String user, String password) {
    this.url = url;
    put("user", user);
    put("password", password);
    this.target = url.startsWith("jdbc:postgresql:") ? Driver.parseURL(url, login) : null;
  }

  static ConfiguredDatabase of(PropertyResolver settings) {
    return new ConfiguredDatabase(
        settings.getRequiredProperty("spring.datasource.url").trim(),
        settings.getProperty("spring.datasource.username"),
        settings.getProperty("spring.datasource.password"));
  }

  /** Returns when the database answered and will do. */
  void check() {
    // A password before an @ would be taken for part of the host and shown as such.
    if (target == null || target.getProperty("PGHOST", "").contains("@")) {
      throw new StartFailure(
          "SPRING_DATASOURCE_URL must look like jdbc:postgresql://host:5432/database, with user and"
              + " password in SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD.");
    }
    try (Connection connection = new Driver().connect(url, inAFewSeconds())) {
      requireVersion(connection.getMetaData().getDatabaseMajorVersion());
    } catch (SQLException e) {
      throw new StartFailure(sentence(e), e);
    }
  }

  private Properties inAFewSeconds() {
    Properties properties = new Properties();
    properties.putAll(login);
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("socketTimeout", "5");
    properties.setProperty("loginTimeout", "5");
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
          "The database at %s cannot be reached: start it, or correct SPRING_DATASOURCE_URL."
              .formatted(place());
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
