package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The digests of many businesses are due in the same minute, and all of them are opened. */
class DigestsOfManyTest {

  private static final int BUSINESSES = 2_000;

  private static TestDatabase database;
  private static Doors doors;

  @BeforeAll
  static void two_thousand_businesses_with_twenty_leads_each() {
    database = TestDatabase.upToDate();
    database.run(
        """
        set session_replication_role = replica;
        insert into public.businesses (id, name, created_at)
        select cast(lpad(n::text, 32, '0') as uuid), 'B', '2026-01-01' from generate_series(1, %d) n;
        insert into public.message_channels (business_id, channel_type, config, created_at)
        select id, 'email', '{}', '2026-01-01' from public.businesses;
        insert into public.messages (id, funnel_id, business_id, type, contact_name, status, created_at, updated_at)
        select gen_random_uuid(), b.id, b.id, 'callback_request', 'Ada', 'unread', '2026-02-28 12:00Z', '2026-02-28 12:00Z'
        from public.businesses b, generate_series(1, 20);
        analyze
        """
            .formatted(BUSINESSES));
    doors = new Doors(database, TestDatabase.LOGIN);
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @Test
  void two_thousand_digests_that_are_due_at_once_are_opened_fifty_at_a_time() {
    var values = new HashMap<String, Object>();
    values.put("bean:now?method=moment", Doors.NOW.toString());
    values.put("kind", "daily");
    values.put("at", "08:00");
    values.put("bean:digestTroubles?method=named(${header.kind})", "{}");
    var pages = 0;
    for (var due = due(values); due != null; due = due(values)) {
      values.put("variable.businesses", due);
      assertThat(StatementFile.of("open-digests").run(doors.upkeep, values)).hasSize(50);
      pages++;
    }
    assertThat(pages).isEqualTo(BUSINESSES / 50);
    assertThat(
            database
                .admin()
                .sql(
                    "select count(*) from messaging.deliveries where cause = 'digest' and payload @> '{\"received\": 20, \"waiting\": 20}' and jsonb_array_length(payload -> 'leads') = 20")
                .query(Integer.class)
                .single())
        .isEqualTo(BUSINESSES);
  }

  private static String due(Map<String, Object> values) {
    return (String)
        StatementFile.of("list-due-digests").run(doors.upkeep, values).get(0).get("businesses");
  }
}
