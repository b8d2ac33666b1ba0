package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is asked every second costs a look into an index, however long the history is. */
class DuePlanTest {

  private static Doors doors;

  @BeforeAll
  static void a_long_history_and_little_due() {
    var database = TestDatabase.upToDate();
    database.run(
        """
        set session_replication_role = replica;
        insert into public.businesses (id, name) values ('00000000-0000-0000-0000-000000000001', 'Busy');
        insert into messaging.deliveries
          (business_id, cause, channel, state, next_attempt_at, lease_until, leased_by, created_at, updated_at)
        select '00000000-0000-0000-0000-000000000001', 'test', (array['email', 'sms', 'webhook'])[1 + n % 3],
          case when n % 1000 = 0 then 'pending' when n % 1000 = 1 then 'sending' else 'delivered' end,
          '%1$s'::timestamptz + n %% 7 * interval '1 hour' - interval '1 hour',
          case when n %% 1000 = 1 then '%1$s'::timestamptz + n %% 7 * interval '1 hour' - interval '1 hour' end,
          case when n %% 1000 = 1 then 'another' end, '%1$s', '%1$s'
        from generate_series(1, 200000) n;
        insert into public.businesses (id, name) values ('00000000-0000-0000-0000-000000000002', 'Behind');
        insert into public.messages (id, funnel_id, business_id, type, contact_name, created_at, updated_at)
        select cast(lpad(n::text, 32, '0') as uuid), gen_random_uuid(), '00000000-0000-0000-0000-000000000002', 'callback_request',
          'Ada', '%1$s', '%1$s'
        from generate_series(1, 20000) n;
        insert into messaging.message_events (business_id, message_id, type, owed, created_at)
        select business_id, id, 'message.created', 1, created_at from public.messages;
        insert into messaging.deliveries
          (business_id, cause, message_id, event_id, channel, state, next_attempt_at, created_at, updated_at)
        select e.business_id, 'event', e.message_id, e.id, 'fax', 'pending', '%1$s', '%1$s', '%1$s' from messaging.message_events e;
        insert into messaging.deliveries
          (business_id, cause, target_id, channel, state, next_attempt_at, created_at, updated_at)
        select '00000000-0000-0000-0000-000000000002', 'test', cast(lpad((n %% 100)::text, 32, '0') as uuid), 'pager', 'pending',
          '%1$s', '%1$s', '%1$s'
        from generate_series(1, 2000) n;
        insert into public.funnels (id, business_id, name)
        select gen_random_uuid(), '00000000-0000-0000-0000-000000000001', 'F' from generate_series(1, 20000);
        insert into messaging.funnel_settings (funnel_id, slug) select id, 'f-' || id from public.funnels;
        insert into messaging.funnel_origins (funnel_id, origin) select id, 'https://' || id from public.funnels;
        insert into messaging.api_keys (business_id, name, prefix, hash)
        select '00000000-0000-0000-0000-000000000001', 'K', 'cbk_' || id, decode(replace(id::text, '-', ''), 'hex')
        from public.funnels;
        analyze
        """
            .replace("n % ", "n %% ")
            .formatted(Doors.NOW));
    doors = new Doors(database, TestDatabase.LOGIN);
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @Test
  void a_claim_reads_what_is_due() {
    uses_the_index(
        StatementFile.of("claim-deliveries")
            .plan(
                doors.worker,
                Doors.claimOf(
                    "webhook",
                    StatementFile.of("list-due-queues")
                        .run(doors.worker, Doors.lookOf("webhook")))));
  }

  @Test
  void a_claim_of_a_long_backlog_reads_no_table_as_a_whole() {
    var due = StatementFile.of("list-due-queues").run(doors.worker, Doors.lookOf("fax"));
    for (var queues : List.of(due, Collections.nCopies(64, due.get(0)))) {
      assertThat(
              StatementFile.of("claim-deliveries").plan(doors.worker, Doors.claimOf("fax", queues)))
          .contains("deliveries_due")
          .doesNotContain(
              "Seq Scan on deliveries", "Seq Scan on messages", "Seq Scan on message_events")
          .doesNotContain("JIT");
    }
  }

  @Test
  void no_plan_is_compiled() {
    for (var pool : doors.byName().values()) {
      assertThat(JdbcClient.create(pool).sql("show jit").query(String.class).single())
          .isEqualTo("off");
    }
  }

  @Test
  void a_look_at_the_lanes_reads_what_is_due() {
    uses_the_index(StatementFile.of("list-due-queues").plan(doors.worker, Doors.lookOf("webhook")));
  }

  @Test
  void a_look_at_many_lanes_counts_eight_rows_of_each_and_says_that_there_are_more() {
    assertThat(StatementFile.of("list-due-queues").run(doors.worker, Doors.lookOf("pager")))
        .hasSize(100)
        .allSatisfy(
            queue -> assertThat(queue).containsEntry("deliveries", 8L).containsEntry("more", true));
    assertThat(StatementFile.of("list-due-queues").run(doors.worker, Doors.lookOf("fax")))
        .singleElement()
        .satisfies(
            queue ->
                assertThat(queue).containsEntry("deliveries", 50L).containsEntry("more", true));
  }

  @Test
  void ending_what_was_lost_reads_leases_that_ran_out() {
    uses_the_index(
        StatementFile.of("end-lost-deliveries")
            .plan(
                doors.worker,
                Map.of(
                    "bean:now?method=moment",
                    Doors.NOW.toString(),
                    "bean:leases?method=lostBefore",
                    Doors.NOW.toString(),
                    "bean:channels?method=afterALoss",
                    WholeWay.AFTER_A_LOSS)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "5b0f7c1e-2f6d-4c55-8f0e-3a4b1d9e6c01"})
  void a_form_that_anybody_asks_for_is_looked_up_by_its_key(String funnel) {
    assertThat(
            StatementFile.of("load-funnel")
                .plan(
                    doors.worker,
                    Map.of("funnel", funnel, "bean:now?method=moment", Doors.NOW.toString())))
        .doesNotContain("Seq Scan on funnel");
  }

  @Test
  void a_key_is_looked_up_by_its_hash() {
    assertThat(
            StatementFile.of("find-api-key")
                .plan(
                    doors.worker,
                    Map.of(
                        "variable.credentialHash",
                        new byte[32],
                        "bean:now?method=moment",
                        Doors.NOW.toString())))
        .doesNotContain("Seq Scan on api_keys");
  }

  @Test
  void an_origin_that_a_browser_asks_for_is_looked_up_by_itself() {
    assertThat(
            StatementFile.of("find-origin")
                .plan(doors.worker, Map.of("origin", "https://x.example")))
        .doesNotContain("Seq Scan on funnel_origins");
  }

  private static void uses_the_index(String plan) {
    assertThat(plan)
        .containsAnyOf("deliveries_due", "deliveries_leases")
        .doesNotContain("Seq Scan on deliveries");
  }
}
