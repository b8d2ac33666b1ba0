package com.callback.messaging.platform.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import java.util.Map;
import org.slf4j.Marker;

/**
 * Decides how much a library may log, whatever level is configured for it. Libraries tell at DEBUG
 * and TRACE of what passes through them: bodies, headers, parameters of statements. Only those that
 * see nothing of a lead may.
 */
public final class QuietLibraries extends TurboFilter {

  private static final String OURS = "com.callback.messaging";

  /** The mail library logs what passes, passwords too, under the package of our transport. */
  private static final List<String> NOT_OURS =
      List.of(
          OURS + ".delivery.channel.email", OURS + ".delivery.channel.email.protocol", "Tracing");

  /** They know how the service is put together, and see no request, message or statement. */
  private static final List<String> SEE_NO_LEAD =
      List.of(
          "org.springframework.boot.autoconfigure",
          "org.springframework.boot.context",
          "org.springframework.boot.logging",
          "org.springframework.core.env",
          "org.springframework.core.io",
          "org.springframework.context",
          "org.springframework.beans.factory",
          "org.springframework.jmx",
          "org.flywaydb.core",
          "com.zaxxer.hikari.HikariConfig",
          "com.zaxxer.hikari.pool",
          "io.zonky",
          "org.quartz");

  /** They quote what they were sent already at the levels above DEBUG. */
  private static final Map<String, Level> QUOTE =
      Map.of(
          "org.apache.coyote", Level.WARN,
          "org.apache.tomcat.util.http", Level.WARN,
          "org.apache.camel.component.log", Level.OFF,
          "org.apache.camel.Tracing", Level.OFF,
          "org.springframework.web", Level.ERROR,
          "org.subethamail", Level.ERROR);

  /** For Logback, which finds the name in its configuration. */
  public QuietLibraries() {}

  @Override
  public FilterReply decide(
      Marker marker,
      Logger logger,
      Level level,
      String format,
      Object[] parameters,
      Throwable throwable) {
    // Called for each question whether a level is on: nearly all end here.
    if (logger.getEffectiveLevel().levelInt > level.levelInt) {
      return FilterReply.NEUTRAL;
    }
    return mayLog(logger.getName(), level) ? FilterReply.NEUTRAL : FilterReply.DENY;
  }

  static boolean mayLog(String logger, Level level) {
    if (isOurs(logger)) {
      return true;
    }
    if (level.isGreaterOrEqual(Level.INFO)) {
      return QUOTE.entrySet().stream()
          .noneMatch(
              quoting ->
                  isIn(logger, quoting.getKey()) && !level.isGreaterOrEqual(quoting.getValue()));
    }
    return SEE_NO_LEAD.stream().anyMatch(harmless -> isIn(logger, harmless));
  }

  /** Steps of routes log under their route's id, which has no dots. */
  private static boolean isOurs(String logger) {
    return !NOT_OURS.contains(logger) && (logger.indexOf('.') < 0 || isIn(logger, OURS));
  }

  private static boolean isIn(String logger, String place) {
    return logger.startsWith(place)
        && (logger.length() == place.length() || logger.charAt(place.length()) == '.');
  }
}
