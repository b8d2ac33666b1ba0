package com.callback.messaging.platform.database;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All that the database holds of a business at one moment. */
record Seen(
    Map<UUID, Row> deliveries,
    Map<UUID, Lead> leads,
    List<Entry> entries,
    Map<String, Boolean> channels) {

  /** A delivery. */
  record Row(
      UUID id,
      UUID messageId,
      Long eventId,
      String cause,
      String channel,
      UUID targetId,
      UUID fallbackOf,
      String state,
      int attempts,
      int attemptsBefore,
      String leasedBy,
      Instant leaseUntil,
      Instant nextAttemptAt,
      Instant receiptDueAt,
      Instant endedAt,
      boolean outcomeUnknown) {

    boolean in(String... states) {
      return List.of(states).contains(state);
    }
  }

  /** A message. */
  record Lead(
      UUID id,
      String status,
      Instant acknowledgedAt,
      String emailStatus,
      String smsStatus,
      Instant emailSentAt,
      Instant smsSentAt,
      Instant unreachedSince) {}

  /** An entry of the timeline. */
  record Entry(long id, UUID messageId, String type, int owed) {}

  private record Switch(String channelType, boolean isEnabled) {}

  static Seen of(JdbcClient admin, UUID business) {
    return new Seen(
        by(
            Row::id,
            admin.sql(
                "select * from messaging.deliveries where business_id = ? order by created_at, channel, id"),
            business,
            Row.class),
        by(
            Lead::id,
            admin.sql("select * from public.messages where business_id = ?"),
            business,
            Lead.class),
        admin
            .sql("select * from messaging.message_events where business_id = ?")
            .param(business)
            .query(Entry.class)
            .list(),
        admin
            .sql("select * from public.message_channels where business_id = ?")
            .param(business)
            .query(Switch.class)
            .stream()
            .collect(Collectors.toMap(Switch::channelType, Switch::isEnabled)));
  }

  private static <T> Map<UUID, T> by(
      Function<T, UUID> key, JdbcClient.StatementSpec query, UUID business, Class<T> type) {
    return query.param(business).query(type).stream()
        .collect(
            Collectors.toMap(key, Function.identity(), (a, b) -> a, java.util.LinkedHashMap::new));
  }

  Stream<Row> rows() {
    return deliveries.values().stream();
  }

  /** The deliveries of a lead itself. */
  List<Row> of(UUID lead) {
    return rows()
        .filter(row -> row.cause().equals("lead") && lead.equals(row.messageId()))
        .toList();
  }

  long count(String type) {
    return entries.stream().filter(entry -> entry.type().equals(type)).count();
  }

  boolean isOpen() {
    return rows().anyMatch(row -> row.in("pending", "sending", "held"));
  }
}
