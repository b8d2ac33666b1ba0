package com.callback.messaging.bench;

import com.callback.messaging.platform.database.StatementFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The accept statement itself over bare JDBC, as the role of the intake, on as many connections as
 * there are callers.
 */
final class Floor implements AutoCloseable {

  private static final String LEAD =
      """
      [{"id":"%1$s","funnelId":"%2$s","businessId":null,"contactName":"Ada q00000000q","contactPhone":"+61 491 570 006",\
      "phoneE164":"+61491570006","contactEmail":"ada@example.com","subject":null,\
      "message":"Please call after five, about the kitchen.","priority":"medium","metadata":{},\
      "contact":"%3$s","content":"%3$s","trusted":false}]""";

  private final StatementFile statement = StatementFile.of("accept-message");
  private final Figure perSecond =
      new Figure("the accept statement over bare JDBC, per second", "");
  private final List<Connection> connections = new ArrayList<>();
  private final ExecutorService threads;
  private final String funnel;
  private final Map<String, Object> values = new HashMap<>();

  Floor(Database database, String funnel, int size) {
    this.funnel = funnel;
    threads = Executors.newFixedThreadPool(size);
    values.put("bean:channels?method=names", "email,sms,webhook");
    values.putAll(StatementFile.NO_ROOM);
    try {
      for (var i = 0; i < size; i++) {
        connections.add(connect(database));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Until the server has planned the statement on all connections. */
  void warmUp(double seconds) {
    perSecond(seconds);
  }

  /** Runs the statement on all connections for so long. */
  void round(double seconds) {
    perSecond.add(perSecond(seconds));
  }

  private double perSecond(double seconds) {
    var begun = System.nanoTime();
    var end = begun + (long) (seconds * 1e9);
    var tasks =
        connections.stream().map(each -> (Callable<Integer>) () -> accept(each, end)).toList();
    try {
      var accepted = 0;
      for (var result : threads.invokeAll(tasks)) {
        accepted += result.get();
      }
      return accepted / ((System.nanoTime() - begun) / 1e9);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  Figure perSecond() {
    return perSecond;
  }

  private static Connection connect(Database database) throws SQLException {
    var source = database.source(Database.SERVICE);
    source.setProperty("stringtype", "unspecified");
    var connection = source.getConnection();
    try (var role = connection.createStatement()) {
      role.execute("set role messaging_intake; set synchronous_commit = on");
    }
    return connection;
  }

  private int accept(Connection connection, long end) throws SQLException {
    var accepted = 0;
    try (var prepared = connection.prepareStatement(statement.sql())) {
      while (System.nanoTime() < end) {
        bind(prepared);
        try (var rows = prepared.executeQuery()) {
          if (!rows.next()) {
            throw new IllegalStateException("Not accepted");
          }
        }
        accepted++;
      }
    }
    return accepted;
  }

  private void bind(PreparedStatement prepared) throws SQLException {
    var id = UUID.randomUUID().toString();
    var lead = LEAD.formatted(id, funnel, id.replace("-", ""));
    var now = Instant.now().toString();
    var names = statement.parameters();
    for (var i = 0; i < names.size(); i++) {
      var name = names.get(i);
      prepared.setObject(
          i + 1,
          switch (name) {
            case "leads" -> lead;
            case "bean:now?method=moment" -> now;
            default -> values.get(name);
          });
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    for (var connection : connections) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
