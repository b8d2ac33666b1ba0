package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Figures read the leads of their days by an index, and of days that are kept none at all. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AnalyticsPlanTest {

  private static final String BUSINESS = "00000000-0000-0000-0000-000000000001";
  private static final int MANY = 50_000;

  /** The businesses before it have a lead every 20 minutes, this one ten in the same time. */
  private static final String BUSY = "00000000-0000-0000-0000-000000000002";

  private static final int MORE = 10 * 72 * 20;

  /** Blocks of tables, of indexes and of what lies beside a table, 8 kB each, wherever read. */
  private static final String BLOCKS =
      """
      select sum(pg_stat_get_xact_blocks_fetched(c.oid)) from pg_class c
      where c.relnamespace in ('messaging'::regnamespace, 'public'::regnamespace, 'pg_toast'::regnamespace)
      """;

  private static Doors doors;

  @BeforeAll
  static void a_business_with_many_leads_beside_others() {
    var database = TestDatabase.upToDate();
    database.run(
        """
        set session_replication_role = replica;
        insert into public.businesses (id, name)
          select cast('00000000-0000-0000-0000-00000000000' || n as uuid), 'Business' from generate_series(0, 2) n;
        insert into public.messages (id, funnel_id, business_id, contact_name, created_at, updated_at, acknowledged_at)
        select cast(lpad(n::text, 32, '0') as uuid), cast('00000000-0000-0000-0000-00000000000' || n %% 2 as uuid),
          cast('00000000-0000-0000-0000-00000000000' || n %% 2 as uuid), 'Ada', t.at, t.at, t.at + interval '1 hour'
        from generate_series(1, %1$d) n cross join lateral (select timestamptz '%2$s' - n * interval '10 minutes' as at) t;
        insert into public.messages (id, funnel_id, business_id, contact_name, created_at, updated_at, acknowledged_at)
        select gen_random_uuid(), '%3$s', '%3$s', 'Ada', t.at, t.at, t.at + n * interval '1 second'
        from generate_series(1, %4$d) n
        cross join lateral (select timestamptz '2026-02-01' + n * interval '20 days' / %4$d - interval '1 second' as at) t;
        insert into messaging.message_events (business_id, message_id, type, owed, created_at)
        select business_id, id, 'message.created', 1, created_at from public.messages;
        insert into messaging.deliveries (business_id, cause, message_id, channel, target_id, state, next_attempt_at, created_at, updated_at)
        select business_id, 'lead', id, 'email', business_id, 'sent', created_at, created_at, created_at from public.messages;
        analyze
        """
            .formatted(MANY, Doors.NOW, BUSY, MORE));
    doors = new Doors(database, TestDatabase.LOGIN);
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @Test
  @Order(1)
  void what_is_counted_while_one_asks_is_found_by_an_index() throws SQLException {
    assertThat(planAsCaller())
        .contains("messages_business_id", "deliveries_message_id")
        .doesNotContain("Seq Scan on messages", "Seq Scan on deliveries", "Seq Scan on message_ev");
  }

  @Test
  @Order(2)
  void what_is_counted_to_be_kept_is_found_by_an_index() {
    for (var figures :
        new String[] {
          "messaging.lead_figures_of('%s', 'UTC', '[]', '2026-02-01', '2026-02-01', '%s')"
              .formatted(BUSINESS, Doors.NOW),
          "messaging.delivery_figures_of('%s', 'UTC', '2026-02-01', '2026-02-01')"
              .formatted(BUSINESS)
        }) {
      assertThat(
              String.join(
                  "\n",
                  JdbcClient.create(doors.upkeep)
                      .sql("explain select * from " + figures)
                      .query(String.class)
                      .list()))
          .contains("messages_business_id", "deliveries_message_id")
          .doesNotContain("Seq Scan on messages", "Seq Scan on deliveries");
    }
  }

  @Test
  @Order(3)
  void what_is_kept_is_read_instead_of_its_leads() throws SQLException {
    while (Integer.valueOf(
            StatementFile.of("refresh-analytics")
                .run(
                    doors.upkeep,
                    Map.of("bean:now?method=moment", Doors.NOW.toString(), "leads", "5000"))
                .get(0)
                .get("refresh_figures")
                .toString())
        > 0) {
      // A few days each.
    }
    assertThat(leadsRead("2026-02-01", "2026-02-20")).isZero();
    assertThat(leadsRead("2026-02-20", "2026-03-01")).as("today and yesterday").isPositive();
  }

  @Test
  @Order(4)
  void ten_times_the_leads_are_a_block_more_for_each_25_of_them() throws SQLException {
    var usual = blocksOf(BUSINESS);
    var busy = blocksOf(BUSY);
    assertThat(busy - usual).isLessThan(MORE / 25);
  }

  private String planAsCaller() throws SQLException {
    return explained("explain ", "2026-02-01", "2026-03-01");
  }

  /** How often the plan looked at leads. */
  private int leadsRead(String from, String to) throws SQLException {
    return explained("explain (analyze, costs off, timing off, summary off) ", from, to)
        .lines()
        .filter(line -> line.matches(".* on messages .*actual.*"))
        .mapToInt(
            line ->
                line.contains("never executed")
                    ? 0
                    : Integer.parseInt(line.replaceAll(".*rows=([0-9]+).*", "$1")))
        .sum();
  }

  private String explained(String explain, String from, String to) throws SQLException {
    return asCaller(
        BUSINESS,
        connection ->
            StatementFile.of("load-figures")
                .explained(
                    explain,
                    new SingleConnectionDataSource(connection, true),
                    values(BUSINESS, from, to)));
  }

  private long blocksOf(String business) throws SQLException {
    return asCaller(
        business,
        connection -> {
          var before = Long.parseLong(Doors.ask(connection, BLOCKS).get(0));
          StatementFile.of("load-figures")
              .run(
                  new SingleConnectionDataSource(connection, true),
                  values(business, "2026-02-01", "2026-02-20"));
          return Long.parseLong(Doors.ask(connection, BLOCKS).get(0)) - before;
        });
  }

  private static Map<String, Object> values(String business, String from, String to) {
    var values = new HashMap<String, Object>();
    values.put("variable.caller.businessId", business);
    values.put("bean:now?method=moment", Doors.NOW.toString());
    values.put("variable.period.from", from);
    values.put("variable.period.to", to);
    values.put("variable.input.values[funnel]", null);
    values.put("variable.input.values[channel]", null);
    values.put("variable.input.values[priority]", null);
    values.put("variable.input.values[interval]", "day");
    return values;
  }

  private <T> T asCaller(String business, Work<T> work) throws SQLException {
    try (var connection = doors.api.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Doors.ask(connection, "select set_config('role', 'authenticated', true)");
        Doors.ask(
            connection,
            "select set_config('request.jwt.claims', '{\"sub\":\"" + business + "\"}', true)");
        return work.with(connection);
      } finally {
        connection.rollback();
      }
    }
  }

  private interface Work<T> {
    T with(Connection connection) throws SQLException;
  }
}
