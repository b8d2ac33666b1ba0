package com.callback.messaging.platform.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ColumnMapRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapperResultSetExtractor;

/** A statement of {@code routes/sql} as it reaches the server: each {@code :#…} a parameter. */
public record StatementFile(String sql, List<String> parameters) {

  private static final Pattern PARAMETER =
      Pattern.compile(":#(?:\\$\\{((?:[^{}]|\\{[^}]*})+)}|(\\w+))");

  /** What accept-message is asked with by an instance that has no room to send at once. */
  public static final Map<String, String> NO_ROOM =
      Map.of(
          "variable.reservation.json", "{}",
          "variable.reservation.busy", "",
          "bean:instance?method=name", "test",
          "bean:lease?method=length", "PT25S");

  private static final Map<String, StatementFile> READ = new ConcurrentHashMap<>();

  public static StatementFile of(String name) {
    return READ.computeIfAbsent(name, StatementFile::read);
  }

  private static StatementFile read(String name) {
    var matcher = PARAMETER.matcher(TestDatabase.read(file(name).toString()));
    var parameters = new ArrayList<String>();
    var sql =
        matcher.replaceAll(
            found -> {
              parameters.add(found.group(1) == null ? found.group(2) : found.group(1));
              return "?";
            });
    return new StatementFile(sql, parameters);
  }

  /** Where a statement is kept, whichever room it is in. */
  public static Path file(String name) {
    try (var files = Files.walk(Path.of("routes/sql"))) {
      return files
          .filter(file -> file.getFileName().toString().equals(name + ".sql"))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("There is no statement " + name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it with a value for each parameter, under the name it has in the file. */
  List<Map<String, Object>> run(DataSource dataSource, Map<String, ?> values) {
    return run("", dataSource, values);
  }

  /** What the server would do, a line each. */
  String plan(DataSource dataSource, Map<String, ?> values) {
    return explained("explain ", dataSource, values);
  }

  /** The same, explained so. */
  String explained(String explain, DataSource dataSource, Map<String, ?> values) {
    var lines = run(explain, dataSource, values);
    return String.join(
        "\n", lines.stream().map(line -> line.get("QUERY PLAN").toString()).toList());
  }

  private List<Map<String, Object>> run(
      String prefix, DataSource dataSource, Map<String, ?> values) {
    if (!values.keySet().containsAll(parameters)) {
      throw new IllegalArgumentException(values.keySet() + " is not all of " + parameters);
    }
    return new JdbcTemplate(dataSource)
        .execute(
            prefix + sql,
            (java.sql.PreparedStatement statement) -> {
              for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, values.get(parameters.get(i)));
              }
              return statement.execute()
                  ? new RowMapperResultSetExtractor<>(new ColumnMapRowMapper())
                      .extractData(statement.getResultSet())
                  : List.of();
            });
  }
}
