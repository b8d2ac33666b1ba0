package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * What the engine reads does not grow with what waits. Its connection keeps the plans that it made
 * while the tables were empty; then 100,000 deliveries are due to one target, as many to 5,000, and
 * 100,000 have failed.
 */
class BacklogPlanTest {

  private static final int TARGETS = 5_000;

  /** What lies in memory is read, too: blocks of tables and indexes, 8 kB each. */
  private static final String BLOCKS =
      """
      select sum(pg_stat_get_xact_blocks_fetched(c.oid)) from pg_class c
      where c.relnamespace in ('messaging'::regnamespace, 'public'::regnamespace)
      """;

  private static final UUID FUNNEL = UUID.fromString("00000000-0000-0000-0000-00000000000f");

  private static Doors doors;
  private static Connection connection;
  private static SingleConnectionDataSource worker;

  @BeforeAll
  static void a_connection_that_was_opened_before_there_was_a_backlog() throws SQLException {
    var database = TestDatabase.upToDate();
    doors = new Doors(database, TestDatabase.LOGIN);
    connection = doors.worker.getConnection();
    connection.setAutoCommit(false);
    worker = new SingleConnectionDataSource(connection, true);
    database.run(
        """
        insert into public.businesses (id, name) values ('00000000-0000-0000-0000-000000000001', 'Busy');
        insert into public.funnels (id, business_id, name) values ('%s', '00000000-0000-0000-0000-000000000001', 'F');
        insert into public.message_channels (business_id, channel_type, config)
        values ('00000000-0000-0000-0000-000000000001', 'sms', '{"to": "+61491570156"}')
        """
            .formatted(FUNNEL));
    doors.accept(FUNNEL);
    record(claim("sms", look("sms")));
    connection.rollback();
    database.run(
        """
        set session_replication_role = replica;
        insert into public.messages (id, funnel_id, business_id, type, contact_name, created_at, updated_at)
        select cast(lpad(n::text, 32, '0') as uuid), '%2$s', '00000000-0000-0000-0000-000000000001', 'callback_request', 'Ada', '%1$s', '%1$s'
        from generate_series(1, 10000) n;
        insert into messaging.deliveries
          (business_id, cause, message_id, channel, target_id, state, next_attempt_at, created_at, updated_at)
        select '00000000-0000-0000-0000-000000000001', 'event', cast(lpad((1 + n %% 10000)::text, 32, '0') as uuid), queue.channel,
          cast(lpad((n %% queue.targets)::text, 32, '0') as uuid), queue.state, '%1$s', '%1$s', '%1$s'
        from (values ('fax', 1, 'pending'), ('pager', %3$d, 'pending'), ('letter', 1, 'failed')) queue (channel, targets, state)
        cross join generate_series(1, 100000) n
        """
            .formatted(Doors.NOW, FUNNEL, TARGETS));
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
    doors.close();
  }

  @Test
  void a_look_at_one_target_reads_a_few_blocks() throws SQLException {
    assertThat(blocksOf(() -> look("fax"))).isLessThan(200);
  }

  @Test
  void a_look_at_5000_targets_reads_a_few_blocks_of_each() throws SQLException {
    assertThat(blocksOf(() -> look("pager"))).isLessThan(21 * TARGETS);
  }

  @Test
  void a_claim_reads_what_it_takes() throws SQLException {
    var due = look("fax");
    assertThat(blocksOf(() -> assertThat(claim("fax", due)).hasSize(50))).isLessThan(50 * 80);
  }

  @Test
  void a_claim_from_many_targets_reads_what_it_takes() throws SQLException {
    var due = look("pager").subList(0, 50);
    assertThat(blocksOf(() -> assertThat(claim("pager", due)).hasSize(1_000)))
        .isLessThan(1_000 * 80);
  }

  @Test
  void outcomes_are_recorded_without_reading_what_has_failed() throws SQLException {
    var claimed = claim("fax", look("fax"));
    assertThat(blocksOf(() -> record(claimed))).isLessThan(50 * 120);
  }

  private static List<Map<String, Object>> look(String channel) {
    return StatementFile.of("list-due-queues").run(worker, Doors.lookOf(channel));
  }

  private static List<Map<String, Object>> claim(String channel, List<Map<String, Object>> due) {
    return StatementFile.of("claim-deliveries").run(worker, Doors.claimOf(channel, due));
  }

  private static void record(List<Map<String, Object>> claimed) {
    assertThat(StatementFile.of("record-outcomes").run(worker, Doors.outcomesOf(claimed, "sent")))
        .hasSameSizeAs(claimed);
  }

  /** How many blocks a statement reads; nothing of it stays. */
  private static long blocksOf(Runnable statement) throws SQLException {
    var before = Long.parseLong(Doors.ask(connection, BLOCKS).get(0));
    statement.run();
    var after = Long.parseLong(Doors.ask(connection, BLOCKS).get(0));
    connection.rollback();
    return after - before;
  }
}
