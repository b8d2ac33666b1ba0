package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Seeing what is there costs a look into an index, however long the history is. */
class ReplayPlanTest {

  private static final String BUSY = "00000000-0000-0000-0000-000000000001";

  private static Doors doors;

  @BeforeAll
  static void a_long_history_with_little_wrong() {
    var database = TestDatabase.upToDate();
    database.run(
        """
        set session_replication_role = replica;
        insert into public.businesses (id, name)
          select cast('00000000-0000-0000-0000-00000000000' || n as uuid), 'Business' from generate_series(0, 4) n;
        insert into public.messages (id, funnel_id, business_id, type, contact_name, created_at, updated_at)
        select cast(lpad(n::text, 32, '0') as uuid), gen_random_uuid(),
          cast('00000000-0000-0000-0000-00000000000' || n % 5 as uuid), 'callback_request', 'Ada', moment, moment
        from generate_series(1, 100000) n, (select timestamptz '2026-03-01T09:30:00Z') t (moment);
        insert into messaging.message_events (business_id, message_id, type, owed, created_at)
        select business_id, id, 'message.created', 2, created_at from public.messages;
        insert into messaging.deliveries
          (business_id, cause, message_id, channel, state, held_reason, next_attempt_at, created_at, updated_at)
        select m.business_id, 'lead', m.id, c.channel,
          case when m.contact_name || right(m.id::text, 3) = 'Ada007' then 'held' when right(m.id::text, 3) = '008' then 'failed'
            when right(m.id::text, 3) = '009' then 'pending' else 'delivered' end,
          case when right(m.id::text, 3) = '007' then 'disabled' end, m.created_at,
          m.created_at - right(m.id::text, 6)::integer * interval '1 second', m.created_at
        from public.messages m, (values ('email'), ('webhook')) c (channel);
        analyze
        """);
    doors = new Doors(database, TestDatabase.LOGIN);
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"state\":\"failed\"}",
        "{\"state\":\"held,failed\",\"channel\":\"webhook\"}",
        "{\"messageId\":\"00000000-0000-0000-0000-000000000008\"}",
        "{\"olderThan\":\"2026-02-28T09:30:00Z\"}",
        "{\"undelivered\":\"true\"}",
        "{\"unreached\":\"true\"}"
      })
  void a_list_reads_little_more_than_it_shows(String filter) throws SQLException {
    assertThat(
            asCaller(
                "list-deliveries",
                Map.of(
                    "variable.input.filter",
                    filter,
                    "bean:now?method=moment",
                    Doors.NOW.toString(),
                    "variable.page.moment",
                    "infinity",
                    "variable.page.id",
                    "ffffffff-ffff-ffff-ffff-ffffffffffff",
                    "variable.page.limit",
                    "50")))
        .contains("deliveries_")
        .doesNotContain("Seq Scan on deliveries", "Function Scan", "Seq Scan on messages");
  }

  @Test
  void a_caller_s_count_of_what_is_undelivered_reads_what_is() throws SQLException {
    assertThat(
            asCaller("count-undelivered", Map.of("bean:now?method=moment", Doors.NOW.toString())))
        .contains("deliveries_undelivered")
        .doesNotContain("Seq Scan on deliveries", "Function Scan", "Seq Scan on messages");
  }

  @Test
  void the_count_for_all_businesses_reads_what_is_undelivered() {
    assertThat(
            StatementFile.of("count-undelivered")
                .plan(doors.upkeep, Map.of("bean:now?method=moment", Doors.NOW.toString())))
        .contains("deliveries_undelivered", "deliveries_due")
        .doesNotContain("Seq Scan on deliveries", "Function Scan", "Seq Scan on messages");
  }

  @Test
  void a_look_at_the_ledger_reads_its_slices() {
    assertThat(
            StatementFile.of("check-ledger")
                .plan(
                    doors.upkeep,
                    Map.of(
                        "variable.slice",
                        "1000",
                        "bean:ledger?method=position",
                        "5000",
                        "bean:ledger?method=known",
                        "{7,9}")))
        .contains("message_events_pkey", "deliveries_message_id")
        .doesNotContain("Seq Scan on deliveries", "Seq Scan on message_events");
  }

  private static String asCaller(String statement, Map<String, ?> values) throws SQLException {
    try (var connection = doors.api.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Doors.ask(connection, "select set_config('role', 'authenticated', true)");
        Doors.ask(
            connection,
            "select set_config('request.jwt.claims', '{\"sub\":\"" + BUSY + "\"}', true)");
        return StatementFile.of(statement)
            .plan(new SingleConnectionDataSource(connection, true), values);
      } finally {
        connection.rollback();
      }
    }
  }
}
