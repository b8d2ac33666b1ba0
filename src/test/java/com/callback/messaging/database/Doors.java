package com.callback.messaging.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;

/** The service's three pools on a database, and what its routes do through them. */
final class Doors implements AutoCloseable {

  /** When everything in these tests happens. */
  static final Instant NOW = Instant.parse("2026-03-01T09:30:00Z");

  private static final String INSTANCE = "test-instance";

  final HikariDataSource intake;
  final HikariDataSource worker;
  final HikariDataSource api;

  Doors(TestDatabase database, String login) {
    var properties = new DataSourceProperties();
    properties.setUrl(database.url());
    properties.setUsername(login);
    properties.setPassword("");
    var pools = new Pools(properties, new PoolSettings(1, 2, 1));
    intake = pools.intake();
    worker = pools.worker();
    api = pools.api();
  }

  Map<String, HikariDataSource> byName() {
    return Map.of("intake", intake, "worker", worker, "api", api);
  }

  /** Takes in a lead and gives its id. */
  UUID accept(UUID funnel) {
    var id = UUID.randomUUID();
    var values = new HashMap<String, Object>();
    StatementFile.of("accept-message")
        .parameters()
        .forEach(parameter -> values.put(parameter, null));
    values.put("bean:now", NOW.toString());
    values.put("body.id", id.toString());
    values.put("body.funnelId", funnel.toString());
    values.put("body.contactName", "Zoë O'Neil");
    values.put("body.contactPhone", "+61 491 570 156");
    values.put("body.phoneE164", "+61491570156");
    values.put("body.priority", "medium");
    values.put("body.metadata", "{}");
    values.put("bean:channels?method=names", "email,sms,webhook");
    var accepted = StatementFile.of("accept-message").run(intake, values);
    if (accepted.size() != 1) {
      throw new AssertionError("Not accepted at funnel " + funnel);
    }
    return id;
  }

  /** Claims what is due on a channel. */
  List<Map<String, Object>> claim(String channel) {
    return StatementFile.of("claim-deliveries").run(worker, claimOf(channel));
  }

  static Map<String, Object> claimOf(String channel) {
    return Map.of(
        "variable.channel",
        channel,
        "bean:now",
        NOW.toString(),
        "variable.settings.resendWhenUnknown",
        "true",
        "most",
        "50",
        "bean:instance",
        INSTANCE,
        "lease",
        "45 seconds");
  }

  /** Settles a claimed delivery; false when its lease was no longer ours. */
  boolean settle(Map<String, Object> claimed, String state) {
    return !StatementFile.of("settle-delivery").run(worker, settlementOf(claimed, state)).isEmpty();
  }

  static Map<String, Object> settlementOf(Map<String, Object> claimed, String state) {
    var values = new HashMap<String, Object>();
    StatementFile.of("settle-delivery")
        .parameters()
        .forEach(parameter -> values.put(parameter, null));
    values.put("bean:now", NOW.plusSeconds(1).toString());
    values.put("variable.outcome.state", state);
    values.put("variable.outcome.endedAt", "pending".equals(state) ? null : NOW.toString());
    values.put("variable.outcome.unknown", "false");
    values.put("variable.settings.provider", "sandbox");
    values.put("variable.delivery.id", claimed.get("id").toString());
    values.put("variable.delivery.businessId", claimed.get("business_id").toString());
    values.put("variable.delivery.attempt", claimed.get("attempt").toString());
    values.put("variable.delivery.leasedBy", claimed.get("leased_by"));
    values.put(
        "variable.callLog",
        "[{\"startedAt\":\"%s\",\"durationMs\":12,\"outcome\":\"accepted\",\"statusCode\":200}]"
            .formatted(NOW));
    return values;
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
    api.close();
  }
}
