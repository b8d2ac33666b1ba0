package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A count reads the index alone: the thousand leads of a business lie on a thousand pages of the
 * table, between those of others, and on a dozen pages of an index.
 */
class CountsPlanTest {

  private static final UUID BUSINESS = UUID.fromString("00000000-0000-0000-0000-000000000001");

  /** Blocks of tables and indexes, 8 kB each, wherever read. */
  private static final String BLOCKS =
      """
      select sum(pg_stat_get_xact_blocks_fetched(c.oid)) from pg_class c where c.relnamespace in ('messaging'::regnamespace, 'public'::regnamespace)
      """;

  private static Doors doors;

  @BeforeAll
  static void a_thousand_leads_between_those_of_others() {
    var database = TestDatabase.upToDate();
    database.run(
        """
        drop index public.messages_found_by;
        set session_replication_role = replica;
        insert into public.businesses (id, name)
        select cast(lpad(n::text, 32, '0') as uuid), 'Business' from generate_series(1, 20) n;
        insert into public.messages (business_id, contact_name, message, status, due_at, assigned_to, created_at, updated_at)
        select cast(lpad((1 + n % 20)::text, 32, '0') as uuid), 'Ada', repeat('Please call after five. ', 20),
          (array['unread', 'read', 'acknowledged', 'archived'])[1 + n / 20 % 4], t.at + interval '1 hour',
          case when n / 80 % 2 = 0 then cast('00000000-0000-0000-0000-000000000001' as uuid) end, t.at, t.at
        from generate_series(1, 20000) n cross join lateral (select now() - n * interval '10 minutes' as at) t
        """);
    doors = new Doors(database, TestDatabase.LOGIN);
    doors.run("vacuum analyze public.messages");
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @ParameterizedTest
  @CsvSource({"count-views, 250", "count-unread-messages, 80"})
  void a_count_reads_no_page_of_the_table_for_each_lead(String statement, int blocks)
      throws SQLException {
    blocksOf(statement);
    assertThat(blocksOf(statement)).isLessThan(blocks);
  }

  private static long blocksOf(String statement) throws SQLException {
    try (var connection = doors.api.getConnection()) {
      connection.setAutoCommit(false);
      Doors.ask(connection, "select set_config('role', 'authenticated', true)");
      Doors.ask(
          connection,
          "select set_config('request.jwt.claims', '" + Doors.claims(BUSINESS) + "', true)");
      var before = read(connection);
      var values = new HashMap<String, Object>(Map.of("variable.caller.businessId", BUSINESS));
      values.put("bean:now?method=moment", Doors.NOW.toString());
      StatementFile.of(statement).run(new SingleConnectionDataSource(connection, true), values);
      var blocks = read(connection) - before;
      connection.rollback();
      return blocks;
    }
  }

  private static long read(Connection connection) throws SQLException {
    return Long.parseLong(Doors.ask(connection, BLOCKS).get(0));
  }
}
