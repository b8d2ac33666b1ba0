package com.callback.messaging.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The service's pools on a database, what its routes do through them, and the superuser. */
final class Doors implements AutoCloseable {

  /** When everything in these tests happens. */
  static final Instant NOW = Instant.parse("2026-03-01T09:30:00Z");

  private static final String INSTANCE = "test-instance";

  final HikariDataSource intake;
  final HikariDataSource worker;
  final HikariDataSource upkeep;
  final HikariDataSource api;

  /** The database under the superuser, on one connection: opening another takes far longer. */
  final JdbcClient admin;

  private final SingleConnectionDataSource superuser;

  Doors(TestDatabase database, String login) {
    var properties = new DataSourceProperties();
    properties.setUrl(database.url());
    properties.setUsername(login);
    properties.setPassword("");
    var pools = new Pools(properties, new PoolSettings(1, 2, 1, 1, 1, Duration.ofSeconds(10)));
    intake = pools.intake();
    worker = pools.worker();
    upkeep = pools.upkeep();
    api = pools.api();
    superuser =
        new SingleConnectionDataSource(
            database.url() + "?stringtype=unspecified", TestDatabase.SUPERUSER, "", true);
    admin = JdbcClient.create(superuser);
  }

  /** Runs a script as the superuser. */
  void run(String script) {
    new JdbcTemplate(superuser).execute(script);
  }

  Map<String, HikariDataSource> byName() {
    return Map.of("intake", intake, "worker", worker, "api", api);
  }

  /** Takes in a lead and gives its id. */
  UUID accept(UUID funnel) {
    var id = UUID.randomUUID();
    var values = new HashMap<String, Object>();
    values.put(
        "leads",
        """
        [{"id": "%s", "funnelId": "%s", "contactName": "Zoë O'Neil", "contactPhone": "+61 491 570 156",
          "phoneE164": "+61491570156", "priority": "medium", "metadata": {},
          "contact": "%3$s", "content": "%3$s", "trusted": false}]"""
            .formatted(id, funnel, id.toString().replace("-", "")));
    values.put("bean:now?method=moment", NOW.toString());
    values.put("bean:channels?method=names", "email,sms,webhook");
    values.putAll(StatementFile.NO_ROOM);
    var accepted = StatementFile.of("accept-message").run(intake, values);
    if (accepted.size() != 1) {
      throw new AssertionError("Not accepted at funnel " + funnel);
    }
    return id;
  }

  /** Claims what is due on a channel, everywhere. */
  List<Map<String, Object>> claim(String channel) {
    var due = StatementFile.of("list-due-queues").run(worker, lookOf(channel));
    return due.isEmpty()
        ? List.of()
        : StatementFile.of("claim-deliveries").run(worker, claimOf(channel, due));
  }

  static Map<String, Object> lookOf(String channel) {
    return Map.of(
        "variable.channel",
        channel,
        "bean:now?method=moment",
        NOW.toString(),
        "bean:leases?method=lostBefore",
        NOW.toString(),
        "variable.settings.batch",
        "50");
  }

  static Map<String, Object> claimOf(String channel, List<Map<String, Object>> due) {
    var quotas =
        due.stream()
            .map(
                queue ->
                    "{\"businessId\":\"%s\",\"queueId\":\"%s\",\"most\":50}"
                        .formatted(queue.get("business_id"), queue.get("queue_id")))
            .toList();
    return Map.of(
        "variable.channel",
        channel,
        "bean:now?method=moment",
        NOW.toString(),
        "bean:leases?method=lostBefore",
        NOW.toString(),
        "variable.settings.resendWhenUnknown",
        "true",
        "variable.settings.losses",
        "10",
        "variable.quotas.json",
        quotas.toString(),
        "bean:instance?method=name",
        INSTANCE,
        "bean:lease?method=length",
        "45 seconds");
  }

  /** Records the outcome of a claimed delivery; false when its lease was no longer ours. */
  boolean recordOutcome(Map<String, Object> claimed, String state) {
    return !StatementFile.of("record-outcomes").run(worker, outcomesOf(claimed, state)).isEmpty();
  }

  static Map<String, Object> outcomesOf(Map<String, Object> claimed, String state) {
    return outcomesOf(List.of(claimed), state);
  }

  static Map<String, Object> outcomesOf(List<Map<String, Object>> claimed, String state) {
    return Map.of(
        "outcomes",
        claimed.stream().map(each -> outcomeOf(each, state)).toList().toString(),
        "bean:now?method=moment",
        NOW.plusSeconds(1).toString(),
        "bean:outcomeQueue?method=disableAfter",
        "5 days");
  }

  private static String outcomeOf(Map<String, Object> claimed, String state) {
    var ended = "pending".equals(state) ? "null" : "\"" + NOW + "\"";
    return """
        {"id":"%s","businessId":"%s","cause":"%s","queueId":"%s","attempt":%s,"leasedBy":"%s","state":"%s","endedAt":%s,
          "provider":"sandbox","unknown":false,"gone":false,
          "requests":[{"startedAt":"%s","durationMs":12,"outcome":"accepted","statusCode":200}]}
        """
        .formatted(
            claimed.get("id"),
            claimed.get("business_id"),
            claimed.get("cause"),
            claimed.get("queue_id"),
            claimed.get("attempt"),
            claimed.get("leased_by"),
            state,
            ended,
            NOW);
  }

  /**
   * What a statement answers to a caller with these claims, in a transaction that leaves nothing.
   */
  List<String> asCaller(String claims, String statement) throws SQLException {
    try (var connection = api.getConnection()) {
      connection.setAutoCommit(false);
      try {
        ask(connection, "select set_config('role', 'authenticated', true)");
        if (claims != null) {
          ask(connection, "select set_config('request.jwt.claims', '" + claims + "', true)");
        }
        return ask(connection, statement);
      } finally {
        connection.rollback();
      }
    }
  }

  /** The first column of what a statement answers. */
  static List<String> ask(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement()) {
      var answers = new ArrayList<String>();
      if (statement.execute(query)) {
        var rows = statement.getResultSet();
        while (rows.next()) {
          answers.add(rows.getString(1));
        }
      }
      return answers;
    }
  }

  /** The claims of a person who is signed in as a business. */
  static String claims(UUID business) {
    return "{\"sub\":\"" + business + "\",\"role\":\"authenticated\"}";
  }

  @Override
  public void close() {
    intake.close();
    worker.close();
    upkeep.close();
    api.close();
    superuser.destroy();
  }
}
