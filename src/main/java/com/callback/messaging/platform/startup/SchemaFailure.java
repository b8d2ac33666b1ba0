package com.callback.messaging.platform.startup;

import java.sql.SQLException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.postgresql.util.PSQLException;

/** The sentence for a database whose schema could not be brought up to date. */
final class SchemaFailure {
  private static final Pattern SCRIPT = Pattern.compile("(?:Script|Migration) (\\S+\\.sql) failed");
  private static final Pattern MISMATCH =
      Pattern.compile("(?i)(migration \\w+ mismatch[^\\n]*|detected [^\\n]*)");

  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final String ROLES_FILE =
      ": let an administrator run docs/sql/roles.sql once, then start again";

  private SchemaFailure() {}

  static String sentence(FlywayException e) {
    if (e instanceof FlywayValidateException) {
      return "The database was not made by this version's migrations (%s): use the version that made it, or another database."
          .formatted(OneLine.of(found(MISMATCH, e, "they differ")));
    }
    return "The database schema could not be brought up to date%s: %s."
        .formatted(script(e), reason(e));
  }

  private static String script(FlywayException e) {
    String name =
        e instanceof FlywayMigrateException failed && failed.getMigration() != null
            ? failed.getMigration().getScript()
            : found(SCRIPT, e, "");
    return name.isEmpty() ? "" : " by " + name;
  }

  private static String reason(FlywayException e) {
    return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .findFirst()
        .map(SchemaFailure::reason)
        .orElse(OneLine.of(e.getMessage()));
  }

  private static String reason(SQLException e) {
    // Without the server's remarks on where it was, which would push the advice out of the line.
    String message =
        e instanceof PSQLException answer && answer.getServerErrorMessage() != null
            ? answer.getServerErrorMessage().getMessage()
            : e.getMessage();
    boolean lacksARight = INSUFFICIENT_PRIVILEGE.equals(e.getSQLState());
    return OneLine.of(message) + (lacksARight ? ROLES_FILE : "");
  }

  private static String found(Pattern pattern, FlywayException e, String otherwise) {
    Matcher matcher = pattern.matcher(String.valueOf(e.getMessage()));
    return matcher.find() ? matcher.group(1) : otherwise;
  }
}
