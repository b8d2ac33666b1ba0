package com.callback.messaging.chaos;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database says about the leads, their deliveries and what is owed. */
final class Ledger {

  private final JdbcClient database;

  Ledger(JdbcClient database) {
    this.database = database;
  }

  /** Waits until nothing is on its way any more. */
  void awaitEnd(Duration atMost) {
    await()
        .alias("every delivery ends")
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () ->
                number(
                        "select count(*) from messaging.deliveries where state in ('pending', 'sending')")
                    == 0);
  }

  Set<String> leads() {
    return new HashSet<>(texts("select cast(id as text) from public.messages"));
  }

  /** The deliveries of leads on this channel whose outcome is known. */
  List<String> deliveries(String channel) {
    return deliveries(channel, false);
  }

  /** The deliveries of leads on this channel that may or may not have arrived. */
  List<String> unknown(String channel) {
    return deliveries(channel, true);
  }

  /** How many deliveries of leads are in each state. */
  Map<String, Long> states() {
    var states = new TreeMap<String, Long>();
    database
        .sql(
            "select state, count(*) as count from messaging.deliveries where cause = 'lead' group by state")
        .query((row, number) -> states.put(row.getString("state"), row.getLong("count")))
        .list();
    return states;
  }

  /** How many deliveries were owed, counted where leads are written. */
  long owed() {
    return number(
        "select coalesce(sum(owed), 0) from messaging.message_events where type = 'message.created'");
  }

  /** The longest time that a delivery took from its lead's acceptance. */
  Duration slowest() {
    return Duration.ofMillis(
        number(
            "select coalesce(max(cast(1000 * extract(epoch from ended_at - created_at) as bigint)), 0) from messaging.deliveries"));
  }

  /** What the deliveries that have not ended well say of themselves. */
  List<String> complaints() {
    return texts(
        """
        select format('%s %s after %s attempts: %s', channel, state, attempts, last_error) from messaging.deliveries
        where state not in ('sent', 'delivered') limit 20
        """);
  }

  private List<String> deliveries(String channel, boolean unknown) {
    return database
        .sql(
            """
            select cast(id as text) from messaging.deliveries
            where cause = 'lead' and channel = ? and outcome_unknown = ?
            """)
        .params(channel, unknown)
        .query(String.class)
        .list();
  }

  private long number(String query) {
    return database.sql(query).query(Long.class).single();
  }

  private List<String> texts(String query) {
    return database.sql(query).query(String.class).list();
  }
}
