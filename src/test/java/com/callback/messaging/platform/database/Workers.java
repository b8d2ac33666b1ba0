package com.callback.messaging.platform.database;

import com.callback.messaging.delivery.engine.PendingOutcome;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Plays several instances of the service by one clock: all that their routes ask of the database,
 * through the doors and the statements that they use.
 */
final class Workers {

  /** Claims of a delivery since its schedule began, on every channel. */
  static final int ATTEMPTS = 3;

  static final Duration LEASE = Duration.ofSeconds(45);
  static final Duration RECEIPT_WAIT = Duration.ofMinutes(10);

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .findAndAddModules()
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private static final String AFTER_A_LOSS =
      List.of("email", "sms", "webhook").stream()
          .map(
              channel ->
                  "{\"channel\":\"%s\",\"resend\":%s,\"losses\":%d,\"receiptWait\":\"%s\"}"
                      .formatted(channel, resends(channel), ATTEMPTS, RECEIPT_WAIT))
          .toList()
          .toString();

  private final Doors doors;
  private Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

  Workers(Doors doors) {
    this.doors = doors;
  }

  static boolean resends(String channel) {
    return !"sms".equals(channel);
  }

  Instant now() {
    return now;
  }

  void advance(Duration by) {
    now = now.plus(by);
  }

  /** Takes in a lead at a business's only funnel, which has its id. */
  void accept(UUID business) {
    var id = UUID.randomUUID();
    var values = new HashMap<String, Object>(StatementFile.NO_ROOM);
    values.put("bean:channels?method=names", "email,sms,webhook");
    values.put(
        "leads",
        "[{\"id\":\"%1$s\",\"funnelId\":\"%2$s\",\"contactName\":\"Ada\",\"priority\":\"medium\",\"metadata\":{},\"contact\":\"%3$s\",\"content\":\"%3$s\",\"trusted\":false}]"
            .formatted(id, business, id.toString().replace("-", "")));
    run("accept-message", doors.intake, values);
  }

  /** Claims what is due on a channel, at most so much of each target queue. */
  List<Map<String, Object>> claim(String instance, String channel, int most) {
    return claim(doors.worker, instance, channel, most);
  }

  /** Claims by one instance while the claim of another is not yet committed. */
  List<List<Map<String, Object>>> claimTogether(
      String one, String other, String channel, int most) {
    try (var connection = doors.worker.getConnection()) {
      connection.setAutoCommit(false);
      var first = claim(new SingleConnectionDataSource(connection, true), one, channel, most);
      var second = claim(other, channel, most);
      connection.commit();
      connection.setAutoCommit(true);
      return List.of(first, second);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Map<String, Object>> claim(
      DataSource door, String instance, String channel, int most) {
    var due =
        run(
            "list-due-queues",
            door,
            Map.of("variable.channel", channel, "variable.settings.batch", "50"));
    if (due.isEmpty()) {
      return List.of();
    }
    var quotas =
        due.stream()
            .map(
                queue ->
                    "{\"businessId\":\"%s\",\"queueId\":\"%s\",\"most\":%d}"
                        .formatted(queue.get("business_id"), queue.get("queue_id"), most))
            .toList();
    return run(
        "claim-deliveries",
        door,
        Map.of(
            "variable.channel",
            channel,
            "variable.settings.resendWhenUnknown",
            String.valueOf(resends(channel)),
            "variable.settings.losses",
            String.valueOf(ATTEMPTS),
            "variable.quotas.json",
            quotas.toString(),
            "bean:instance?method=name",
            instance,
            "bean:lease?method=length",
            LEASE.toString()));
  }

  /** Records outcomes in one statement and gives the ids of those that counted. */
  List<UUID> recordOutcomes(List<PendingOutcome> outcomes) {
    try {
      return run(
              "record-outcomes",
              doors.worker,
              Map.of(
                  "outcomes",
                  JSON.writeValueAsString(outcomes),
                  "bean:outcomeQueue?method=disableAfter",
                  "PT120H"))
          .stream()
          .map(row -> (UUID) row.get("id"))
          .toList();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** What became of a claim, as the service records it. */
  PendingOutcome outcome(Map<String, Object> claimed, Ending ending) {
    var at = OffsetDateTime.ofInstant(now, ZoneOffset.UTC);
    var round = ((Number) claimed.get("round")).intValue();
    var state = ending == Ending.LATER && round >= ATTEMPTS ? "failed" : ending.state;
    var pending = state.equals("pending");
    return new PendingOutcome(
        (UUID) claimed.get("id"),
        (UUID) claimed.get("business_id"),
        (String) claimed.get("cause"),
        (String) claimed.get("channel"),
        (UUID) claimed.get("queue_id"),
        ((Number) claimed.get("attempt")).intValue(),
        (String) claimed.get("leased_by"),
        null,
        state,
        pending ? at.plusMinutes(5) : null,
        pending ? null : at,
        ending == Ending.UNKNOWN ? at.plus(RECEIPT_WAIT) : null,
        "sandbox",
        null,
        ending == Ending.WELL ? null : "no",
        ending == Ending.UNKNOWN,
        ending == Ending.GONE,
        List.of());
  }

  /** How an attempt may end. */
  enum Ending {
    WELL("delivered"),
    TAKEN("sent"),
    LATER("pending"),
    NEVER("failed"),
    UNKNOWN("unknown"),
    GONE("failed");

    private final String state;

    Ending(String state) {
      this.state = state;
    }
  }

  void sweepLost() {
    run(
        "end-lost-deliveries",
        doors.worker,
        Map.of("bean:channels?method=afterALoss", AFTER_A_LOSS));
  }

  void stopWaitingForReceipts() {
    run("stop-waiting-for-receipts", doors.worker, Map.of());
  }

  /** Moves what is owed to targets that were switched, until all of it agrees with its switch. */
  void followSwitches() {
    var channels = Map.of("bean:channels?method=names", "email,sms,webhook");
    run("find-switched-targets", doors.worker, channels);
    while ((boolean) run("move-held-deliveries", doors.worker, channels).get(0).get("is_more")) {
      // Page by page.
    }
  }

  void takeOver(String instance) {
    run("release-leases", doors.worker, Map.of("bean:instance?method=name", instance));
  }

  /** What a person of a business asks for by the API. */
  List<Map<String, Object>> ask(UUID business, String statement, Map<String, String> values) {
    try (var connection = doors.api.getConnection()) {
      connection.setAutoCommit(false);
      var answer = askAs(business, connection, statement, values);
      connection.commit();
      connection.setAutoCommit(true);
      return answer;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Map<String, Object>> askAs(
      UUID business, Connection connection, String statement, Map<String, String> values)
      throws SQLException {
    Doors.ask(connection, "select set_config('role', 'authenticated', true)");
    Doors.ask(
        connection,
        "select set_config('request.jwt.claims', '" + Doors.claims(business) + "', true)");
    var all = new HashMap<String, String>(values);
    all.put("variable.caller.name", "a test");
    return run(statement, new SingleConnectionDataSource(connection, true), all);
  }

  private List<Map<String, Object>> run(String statement, DataSource door, Map<String, ?> values) {
    var all = new HashMap<String, Object>(values);
    all.put("bean:now?method=moment", now.toString());
    all.put("bean:leases?method=lostBefore", now.toString());
    return StatementFile.of(statement).run(door, all);
  }
}
