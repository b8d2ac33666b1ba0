package com.callback.messaging.inbox.count;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.platform.database.StatementFile;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Nobody reads all leads to find some: with many of them each filter has an index to go by. */
@ServiceTest
@TestInstance(Lifecycle.PER_CLASS)
class PlansTest {

  private static final int MANY = 20_000;

  @Autowired Service service;

  private Business business;

  @BeforeAll
  void a_business_with_many_leads_beside_others() {
    business = service.businessWithoutChannels();
    var other = service.businessWithoutChannels();
    for (var each : new Business[] {business, other}) {
      service
          .database()
          .sql(
              """
              insert into public.messages (id, funnel_id, business_id, contact_name, contact_phone, contact_phone_e164, message, status, priority, tags, assigned_to, due_at, created_at, updated_at)
              select gen_random_uuid(), ?, ?, 'Person ' || md5(i::text), '+614' || lpad(i::text, 8, '0'), '+614' || lpad(i::text, 8, '0'), 'Words ' || md5('w' || i),
                (array['archived','archived','archived','responded','acknowledged','unread'])[1 + i % 6], case when i % 40 = 0 then 'urgent' else 'medium' end,
                case when i % 500 = 0 then array['storm'] else '{}' end, case when i % 300 = 0 then gen_random_uuid() end,
                now() - i * interval '1 minute', now() - i * interval '1 minute', now()
              from generate_series(1, ?) i
              """)
          .params(each.funnel(), each.id(), MANY)
          .update();
    }
    service.database().sql("analyze public.messages").update();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"status\": \"unread\"}",
        "{\"status\": \"responded,acknowledged\"}",
        "{\"priority\": \"urgent\"}",
        "{\"type\": \"reminder\"}",
        "{\"assignee\": \"5b0f7c1e-2f6d-4c55-8f0e-3a4b1d9e6c01\"}",
        "{\"tag\": \"storm\"}",
        "{\"overdue\": true, \"now\": \"2020-01-01T00:00:00Z\"}",
        "{\"quarantined\": true}",
        "{\"delivery\": \"failed\"}",
        "{\"from\": \"2020-01-01T00:00:00Z\", \"to\": \"2020-01-02T00:00:00Z\"}",
        "{\"q\": \"storm\"}",
        "{\"q\": \"0400 000 77\"}",
        "{\"q\": \"person a1 words\"}"
      })
  void a_filter_goes_by_an_index(String filter) {
    var plan =
        String.join("\n", service.database().sql(explained(filter)).query(String.class).list());
    assertThat(plan)
        .contains("Index")
        .doesNotContain("Seq Scan on messages", "Seq Scan on deliveries");
  }

  @Test
  void a_page_of_an_export_looks_each_lead_up_by_its_key() {
    var statement = StatementFile.of("export-messages");
    var values =
        Map.of(
            "variable.input.filter", "{}",
            "bean:now?method=moment", "2026-01-01T00:00:00Z",
            "variable.lastMoment", "infinity",
            "variable.lastId", "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "variable.caller.businessId", business.id());
    var plan =
        service
            .database()
            .sql("explain " + statement.sql())
            .params(statement.parameters().stream().map(values::get).toList())
            .query(String.class)
            .list();
    assertThat(String.join("\n", plan))
        .contains("Index Scan using messages_pkey")
        .doesNotContain("Seq Scan on messages");
  }

  /** After five calls PostgreSQL chooses a plan for good, which must not read the whole table. */
  @Test
  void a_page_reads_its_leads_only_by_the_plan_that_is_kept() throws SQLException {
    try (var connection = service.login().getConnection()) {
      connection.setAutoCommit(false);
      var caller = JdbcClient.create(new SingleConnectionDataSource(connection, true));
      caller
          .sql(
              "select set_config('role', 'authenticated', true), set_config('request.jwt.claims', json_build_object('sub', ?::text, 'business', ?::text, 'role', 'authenticated')::text, true)")
          .params(business.id(), business.id())
          .query()
          .singleRow();
      var ids =
          caller
              .sql(
                  "select array_agg(id)::text from (select id from public.messages order by md5(id::text) limit 50) picked")
              .query(String.class)
              .single();
      for (int call = 0; call < 7; call++) {
        show(caller, ids);
      }
      var before = blocks(caller);
      assertThat(show(caller, ids)).isEqualTo(50);
      assertThat(blocks(caller) - before).isLessThan(50 * 5);
    }
  }

  private int show(JdbcClient caller, String ids) {
    return caller
        .sql("select json_array_length(messaging.shown_leads(?::uuid[], ?))")
        .params(ids, business.id())
        .query(Integer.class)
        .single();
  }

  private static long blocks(JdbcClient caller) {
    return caller
        .sql(
            "select sum(pg_stat_get_xact_blocks_fetched(oid)) from pg_class where relnamespace in ('messaging'::regnamespace, 'public'::regnamespace)")
        .query(Long.class)
        .single();
  }

  /** As find_messages asks; an index that gives the order does too where many leads fit. */
  private String explained(String filter) {
    return service
        .database()
        .sql(
            "select 'explain select m.id from public.messages m where ' || replace(replace(messaging.condition_of(?::jsonb), '$1', quote_literal(?) || '::jsonb'), '$2', quote_literal(?)) || ' order by m.created_at desc, m.id desc limit 51'")
        .params(filter, filter, business.id().toString())
        .query(String.class)
        .single();
  }
}
