package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a digest reports, counted for its period by the business's own clock. */
class DigestContentsTest {

  private static final String ZONE = "Europe/Berlin";

  /** Eight in the morning there, in winter. */
  private static final String TUESDAY = "2026-03-03T07:00:00Z";

  private static TestDatabase database;
  private static Doors doors;

  @BeforeAll
  static void open() {
    database = TestDatabase.upToDate();
    doors = new Doors(database, TestDatabase.LOGIN);
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @Test
  void leads_are_compared_with_the_same_time_before() {
    var business = business("2026-01-01");
    leads(business, 3, "2026-03-02T07:00Z");
    leads(business, 2, "2026-03-01T07:00Z");
    leads(business, 4, "2026-03-01T06:59Z");

    assertThat(open(business, "daily", TUESDAY)).isEqualTo(1);

    assertThat(digest(business, "daily").get("received").asInt()).isEqualTo(3);
    assertThat(digest(business, "daily").get("receivedBefore").asInt()).isEqualTo(2);
  }

  @Test
  void a_business_that_was_not_there_before_is_not_compared() {
    var business = business("2026-03-01T12:00Z");
    leads(business, 3, "2026-03-02T08:00Z");
    open(business, "daily", TUESDAY);
    assertThat(digest(business, "daily").get("receivedBefore").isNull()).isTrue();
  }

  @Test
  void a_week_in_which_the_clocks_change_has_no_gap_and_no_lead_twice() {
    var business = business("2026-01-01");
    leads(business, 1, "2026-03-23T06:59Z");
    leads(business, 2, "2026-03-23T07:00Z");
    leads(business, 4, "2026-03-30T05:59Z");
    leads(business, 8, "2026-03-30T06:00Z");

    open(business, "weekly", "2026-03-23T07:00:00Z");
    assertThat(digest(business, "weekly").get("received").asInt()).isEqualTo(1);
    assertThat(open(business, "weekly", "2026-03-30T05:59:00Z")).as("seven there").isZero();
    assertThat(open(business, "weekly", "2026-03-30T06:00:00Z")).isEqualTo(1);

    assertThat(digest(business, "weekly").get("received").asInt()).isEqualTo(6);
    assertThat(digest(business, "weekly").get("receivedBefore").asInt()).isEqualTo(1);
  }

  @Test
  void a_first_week_in_which_the_clocks_change_begins_at_eight_too() {
    var business = business("2026-01-01");
    leads(business, 1, "2026-03-23T06:59Z");
    leads(business, 2, "2026-03-23T07:00Z");
    open(business, "weekly", "2026-03-30T06:00:00Z");
    assertThat(digest(business, "weekly").get("received").asInt()).isEqualTo(2);
    assertThat(digest(business, "weekly").get("firstDay").asText()).isEqualTo("2026-03-23");
  }

  @Test
  void a_reminder_is_no_lead() {
    var business = business("2026-01-01");
    leads(business, 1, "2026-03-02T12:00Z");
    database.run(
        "set session_replication_role = replica; update public.messages set type = 'reminder' where business_id = '%s'"
            .formatted(business));
    assertThat(open(business, "daily", TUESDAY)).isZero();
  }

  @Test
  void the_lead_that_is_due_first_stands_first_and_no_more_than_twenty_are_listed() {
    var business = business("2026-01-01");
    for (var i = 0; i < 25; i++) {
      database.run(
          """
          set session_replication_role = replica;
          insert into public.messages (business_id, contact_name, created_at, updated_at, due_at)
          values ('%1$s', 'Lead %2$02d', '2026-02-01T12:00Z', '2026-02-01T12:00Z', timestamptz '2026-03-04T12:00Z' - interval '%2$d hours')
          """
              .formatted(business, i));
    }
    open(business, "daily", "2026-03-04T07:00:00Z");

    var digest = digest(business, "daily");
    assertThat(digest.get("received").asInt()).isZero();
    assertThat(digest.get("waiting").asInt()).isEqualTo(25);
    assertThat(digest.get("overdue").asInt()).isEqualTo(19);
    assertThat(digest.get("leads")).hasSize(20);
    assertThat(texts(digest.get("leads"), "name")).startsWith("Lead 24", "Lead 23");
    assertThat(texts(digest.get("leads"), "isOverdue").subList(18, 20))
        .containsExactly("true", "false");
  }

  @Test
  void what_was_answered_in_the_period_is_counted_with_the_median_and_what_was_in_time() {
    var business = business("2026-01-01");
    for (var minutes : List.of(10, 20, 180)) {
      answered(business, "2026-03-02T12:00Z", minutes);
    }
    answered(business, "2026-03-01T12:00Z", 10);
    answered(business, "2026-03-02T06:30Z", 45);
    open(business, "daily", TUESDAY);

    var digest = digest(business, "daily");
    assertThat(digest.get("received").asInt()).isEqualTo(3);
    assertThat(digest.get("answered").asInt()).isEqualTo(4);
    assertThat(digest.get("medianSeconds").asInt()).isEqualTo(20 * 60);
    assertThat(digest.get("answeredInTime").asInt()).isEqualTo(3);
  }

  @Test
  void problems_are_named_by_channel() {
    var business = business("2026-01-01");
    delivery(business, "email", "failed", null, "2026-03-02T12:00Z");
    delivery(business, "telegram", "held", "channel off", "2026-02-02T12:00Z");
    delivery(business, "ntfy", "held", "unconfirmed recipient", "2026-02-02T12:00Z");
    database.run(
        "insert into messaging.suppressions (business_id, channel, address, reason) values ('%s', 'sms', '+61491570006', 'bounced')"
            .formatted(business));
    open(business, "daily", TUESDAY);

    assertThat(digest(business, "daily").get("problems").toString())
        .isEqualTo(
            "[{\"held\":0,\"late\":0,\"failed\":1,\"reason\":null,\"channel\":\"email\"},"
                + "{\"held\":1,\"late\":0,\"failed\":0,\"reason\":null,\"channel\":\"ntfy\"},"
                + "{\"held\":0,\"late\":0,\"failed\":0,\"reason\":\"suppressed\",\"channel\":\"sms\"}]");
    assertThat(digest(business, "daily").get("channels").toString())
        .isEqualTo("[\"email\",\"sms\"]");
  }

  @Test
  void a_recipient_that_is_not_confirmed_is_reported_even_where_nothing_else_came() {
    var business = business("2026-01-01");
    database.run(
        "set session_replication_role = replica; update public.message_channels set awaits_confirmation = true where business_id = '%s' and channel_type = 'sms'"
            .formatted(business));
    open(business, "daily", TUESDAY);
    assertThat(texts(digest(business, "daily").get("problems"), "reason"))
        .containsExactly("unconfirmed");
  }

  @Test
  void a_funnel_that_has_gone_quiet_is_reported_even_where_nothing_else_came() {
    var business = business("2026-01-01");
    database.run(
        """
        with funnel as (
          insert into public.funnels (id, business_id, name) values (gen_random_uuid(), '%1$s', 'Roof check') returning id)
        insert into messaging.silences (funnel_id, business_id, since, expected, checked_at)
        select id, '%1$s', '2026-02-28T12:00Z', 11.6, '2026-03-03T06:00Z' from funnel
        """
            .formatted(business));
    open(business, "daily", TUESDAY);
    assertThat(digest(business, "daily").get("silent").toString())
        .isEqualTo(
            "[{\"since\":\"2026-02-28T12:00:00.000Z\",\"title\":\"Roof check\",\"expected\":12}]");
  }

  @Test
  void a_period_without_anything_to_report_is_sent_only_where_the_business_asks_for_it() {
    var business = business("2026-01-01");
    assertThat(open(business, "daily", "2026-03-02T07:00:00Z")).isZero();
    database.run(
        "update messaging.business_settings set email_empty_summary = true where business_id = '%s'"
            .formatted(business));
    assertThat(open(business, "daily", TUESDAY)).isEqualTo(1);
    assertThat(digest(business, "daily").get("leads")).isEmpty();
    assertThat(open(business, "daily", TUESDAY)).as("once per period").isZero();
  }

  private static String business(String since) {
    var id = UUID.randomUUID().toString();
    database.run(
        """
        set session_replication_role = replica;
        insert into public.businesses (id, name, created_at) values ('%1$s', 'B', '%2$s');
        insert into public.message_channels (business_id, channel_type, config, created_at)
        values ('%1$s', 'email', '{}', '%2$s'), ('%1$s', 'sms', '{"to": "+61491570006"}', '%2$s');
        insert into messaging.business_settings (business_id, time_zone, created_at) values ('%1$s', '%3$s', '%2$s')
        """
            .formatted(id, since, ZONE));
    return id;
  }

  private static void leads(String business, int count, String at) {
    database.run(
        """
        set session_replication_role = replica;
        insert into public.messages (business_id, contact_name, created_at, updated_at)
        select '%1$s', 'Ada', '%2$s', '%2$s' from generate_series(1, %3$d)
        """
            .formatted(business, at, count));
  }

  /** With an hour's time to answer. */
  private static void answered(String business, String at, int afterMinutes) {
    database.run(
        """
        set session_replication_role = replica;
        insert into public.messages (business_id, contact_name, status, created_at, updated_at, due_at, responded_at)
        select '%1$s', 'Ada', 'responded', m.at, m.at, m.at + interval '1 hour', m.at + interval '%3$d minutes'
        from (select timestamptz '%2$s' as at) m
        """
            .formatted(business, at, afterMinutes));
  }

  /** Of a lead that was archived since. */
  private static void delivery(
      String business, String channel, String state, String reason, String at) {
    database.run(
        """
        set session_replication_role = replica;
        with lead as (
          insert into public.messages (business_id, contact_name, status, created_at, updated_at)
          values ('%1$s', 'Ada', 'archived', '%5$s', '%5$s') returning id)
        insert into messaging.deliveries (business_id, cause, message_id, channel, target_id, state, held_reason, next_attempt_at, created_at, updated_at)
        select '%1$s', 'lead', lead.id, '%2$s', gen_random_uuid(), '%3$s', nullif('%4$s', 'null'), '%5$s', '%5$s', '%5$s' from lead
        """
            .formatted(business, channel, state, reason, at));
  }

  /** How many digests were opened. */
  private static int open(String business, String kind, String now) {
    var values = new HashMap<String, Object>();
    values.put("bean:now?method=moment", now);
    values.put("kind", kind);
    values.put("at", "08:00");
    values.put("variable.businesses", business);
    return StatementFile.of("open-digests").run(doors.upkeep, values).size();
  }

  private static JsonNode digest(String business, String kind) {
    var payload =
        database
            .admin()
            .sql(
                "select payload::text from messaging.deliveries where business_id = ?::uuid and payload ->> 'kind' = ? order by created_at desc limit 1")
            .params(business, kind)
            .query(String.class)
            .single();
    try {
      return new ObjectMapper().readTree(payload);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> texts(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(each -> each.get(field).asText())
        .toList();
  }
}
