package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A lead that nobody acts on climbs the steps of its policy, and stops as soon as somebody does.
 */
class EscalationsTest {

  private static final UUID OWNER = UUID.randomUUID();
  private static final UUID KIM = UUID.randomUUID();
  private static final UUID ROBIN = UUID.randomUUID();

  private static TestDatabase database;
  private static Doors doors;

  private UUID business;
  private UUID funnel;
  private Instant now;

  @BeforeAll
  static void migrate() {
    database = TestDatabase.upToDate();
    doors = new Doors(database, TestDatabase.LOGIN);
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @BeforeEach
  void a_business_of_three_with_a_policy() {
    doors.run("delete from messaging.escalation_policies");
    business = UUID.randomUUID();
    funnel = UUID.randomUUID();
    now = Doors.NOW;
    doors.run(
        """
        insert into public.businesses (id, name) values ('%1$s', 'Test');
        insert into public.funnels (id, business_id, name) values ('%2$s', '%1$s', 'Test');
        insert into messaging.business_members (business_id, user_id, role, email) values
          ('%1$s', '%3$s', 'owner', 'owner@example.com'), ('%1$s', '%4$s', 'agent', 'kim@example.com'),
          ('%1$s', '%5$s', 'agent', 'robin@example.com'), ('%1$s', gen_random_uuid(), 'viewer', 'viewer@example.com');
        """
            .formatted(business, funnel, OWNER, KIM, ROBIN));
    policy(
        """
        [{"after": 0, "notify": ["assignee"], "memberIds": [], "channels": ["email"]},
         {"after": 5, "notify": ["assignee"], "memberIds": [], "channels": ["sms"]},
         {"after": 15, "notify": ["members", "webhook"], "memberIds": ["%s"], "channels": null}]"""
            .formatted(ROBIN),
        "repeats",
        "1");
  }

  @Test
  void a_lead_left_alone_climbs_every_step_of_every_round_and_is_overdue() {
    var lead = leadOf(KIM);
    passes(Duration.ofMinutes(60));
    assertThat(steps(lead))
        .containsExactly(
            "0 step 1/3 round 1: kim@example.com",
            "5 step 2/3 round 1: kim@example.com",
            "15 step 3/3 round 1: robin@example.com",
            "30 step 1/3 round 2: kim@example.com",
            "35 step 2/3 round 2: kim@example.com",
            "45 step 3/3 round 2: robin@example.com",
            "60 overdue: kim@example.com,owner@example.com,robin@example.com");
    assertThat(ended(lead)).isEqualTo("finished");
    assertThat(ask("select due_at <= ?::timestamptz from public.messages where id = ?", now, lead))
        .isEqualTo("true");
    passes(Duration.ofDays(2));
    assertThat(steps(lead)).hasSize(7);
  }

  @Test
  void a_step_for_webhooks_is_an_event_that_they_may_subscribe_to_and_no_other_is() {
    leadOf(KIM);
    passes(Duration.ofMinutes(16));
    assertThat(
            doors
                .admin
                .sql(
                    "select type || ' ' || (data ->> 'step') from messaging.message_events where business_id = ? and type like 'message.escalat%' order by id")
                .param(business)
                .query(String.class)
                .list())
        .containsExactly(
            "message.escalation_step 1", "message.escalation_step 2", "message.escalated 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"acknowledged", "responded", "archived"})
  void a_lead_that_somebody_acts_on_in_whatever_way_gets_no_further_step(String status) {
    var lead = leadOf(KIM);
    passes(Duration.ofMinutes(6));
    doors
        .admin
        .sql("update public.messages set status = ? where id = ?")
        .params(status, lead)
        .update();
    passes(Duration.ofMinutes(60));
    assertThat(steps(lead)).hasSize(2);
    assertThat(ended(lead)).isEqualTo("acted");
    // Nor does what still waits for its provider say afterwards that nobody has acted.
    assertThat(
            ask(
                "select string_agg(distinct state, ',') from messaging.deliveries where message_id = ? and cause = 'notification'",
                lead))
        .isEqualTo("cancelled");
  }

  @Test
  void a_policy_that_cannot_be_read_stops_no_other_business() {
    doors.run(
        """
        update messaging.escalation_policies set steps = '[{"after": "soon", "notify": ["owners"], "memberIds": [], "channels": null}]'
        where business_id = '%s'
        """
            .formatted(business));
    leadOf(KIM);
    var faulty = business;
    business = UUID.randomUUID();
    funnel = UUID.randomUUID();
    doors.run(
        """
        insert into public.businesses (id, name) values ('%1$s', 'Other');
        insert into public.funnels (id, business_id, name) values ('%2$s', '%1$s', 'Other');
        insert into messaging.business_members (business_id, user_id, role, email) values ('%1$s', gen_random_uuid(), 'owner', 'other@example.com')
        """
            .formatted(business, funnel));
    policy(
        "[{\"after\": 1.0, \"notify\": [\"owners\"], \"memberIds\": [], \"channels\": null}]",
        "repeats",
        "0");
    var lead = leadOf(null);
    passes(Duration.ofMinutes(2));
    assertThat(steps(lead)).containsExactly("1 step 1/1 round 1: other@example.com");
    doors.run(
        "delete from messaging.escalation_policies where business_id = '%s'".formatted(faulty));
  }

  @Test
  void a_lead_that_wants_a_later_call_climbs_from_then_on_and_keeps_its_time() {
    var wanted = now.plus(Duration.ofHours(2));
    var lead =
        leadOf(
            KIM,
            "preferred_from, preferred_until, due_at",
            "'%1$s', '%2$s', '%2$s'".formatted(wanted, wanted.plus(Duration.ofHours(3))));
    passes(Duration.ofMinutes(119));
    assertThat(steps(lead)).isEmpty();
    passes(Duration.ofMinutes(62));
    assertThat(steps(lead)).hasSizeGreaterThan(3);
    assertThat(ask("select due_at = preferred_until from public.messages where id = ?", lead))
        .isEqualTo("true");
  }

  @Test
  void a_step_that_is_due_while_the_lead_is_being_acknowledged_does_not_run() throws SQLException {
    var lead = leadOf(KIM);
    passes(Duration.ofMinutes(1));
    now = now.plus(Duration.ofMinutes(10));
    try (var person = person()) {
      Doors.ask(
          person, "update public.messages set status = 'acknowledged' where id = '" + lead + "'");
      assertThat(run()).as("the lead is locked").isZero();
      person.commit();
    }
    run();
    assertThat(steps(lead)).hasSize(1);
    assertThat(ended(lead)).isEqualTo("acted");
  }

  @Test
  void instances_that_run_at_once_run_each_step_once() {
    var leads = IntStream.range(0, 40).mapToObj(each -> leadOf(KIM)).toList();
    IntStream.range(0, 6)
        .mapToObj(each -> CompletableFuture.runAsync(this::look))
        .toList()
        .forEach(CompletableFuture::join);
    now = now.plus(Duration.ofMinutes(5));
    IntStream.range(0, 6)
        .mapToObj(each -> CompletableFuture.runAsync(this::look))
        .toList()
        .forEach(CompletableFuture::join);
    look();
    assertThat(leads).allSatisfy(lead -> assertThat(steps(lead)).hasSize(2));
  }

  @Test
  void a_lead_that_a_person_gives_to_somebody_begins_anew_with_them() {
    var lead = leadOf(KIM);
    passes(Duration.ofMinutes(7));
    assign(lead, ROBIN, "{\"byId\": \"%s\"}".formatted(OWNER));
    passes(Duration.ofMinutes(5));
    assertThat(steps(lead))
        .endsWith("7 step 1/3 round 1: robin@example.com", "12 step 2/3 round 1: robin@example.com")
        .hasSize(4);
  }

  @Test
  void a_lead_that_a_rule_passes_on_climbs_on_with_its_new_assignee() {
    var lead = leadOf(KIM);
    passes(Duration.ofMinutes(3));
    assign(lead, ROBIN, "{}");
    passes(Duration.ofMinutes(3));
    assertThat(steps(lead))
        .containsExactly(
            "0 step 1/3 round 1: kim@example.com", "5 step 2/3 round 1: robin@example.com");
  }

  @Test
  void a_step_that_finds_nobody_notifies_the_owners() {
    var lead = leadOf(null);
    passes(Duration.ZERO);
    assertThat(steps(lead)).containsExactly("0 step 1/3 round 1: owner@example.com");
  }

  @Test
  void a_member_who_is_away_is_left_out_and_replaced_by_the_owners_who_are_there() {
    away(KIM);
    var lead = leadOf(KIM);
    passes(Duration.ofMinutes(60));
    assertThat(steps(lead))
        .startsWith("0 step 1/3 round 1: owner@example.com")
        .contains("15 step 3/3 round 1: robin@example.com")
        .endsWith("60 overdue: owner@example.com,robin@example.com");
  }

  @Test
  void where_everyone_is_away_the_owners_are_notified_all_the_same() {
    away(KIM);
    away(ROBIN);
    away(OWNER);
    var lead = leadOf(KIM);
    passes(Duration.ofMinutes(60));
    assertThat(steps(lead))
        .hasSize(7)
        .allSatisfy(step -> assertThat(step).endsWith(": owner@example.com"));
  }

  private void away(UUID member) {
    doors.run(
        "insert into messaging.absences (business_id, member_id, starts_at) values ('%s', '%s', '%s')"
            .formatted(business, member, now));
  }

  @Test
  void the_first_step_waits_until_a_rule_has_assigned_the_lead_but_ten_seconds_at_most() {
    doors.run(
        "insert into messaging.event_readers (business_id, reader, tx) values ('%s', 'assignment', '0')"
            .formatted(business));
    var lead = leadOf(null);
    passes(Duration.ofSeconds(10));
    assertThat(steps(lead)).isEmpty();
    doors.run("update public.messages set assigned_to = '%s' where id = '%s'".formatted(KIM, lead));
    passes(Duration.ZERO);
    assertThat(steps(lead)).containsExactly("0 step 1/3 round 1: kim@example.com");

    var stalled = leadOf(null);
    passes(Duration.ofSeconds(11));
    assertThat(steps(stalled)).containsExactly("0 step 1/3 round 1: owner@example.com");
  }

  @Test
  void a_step_by_sms_reaches_a_member_without_a_number_by_mail() {
    var lead = leadOf(KIM);
    passes(Duration.ofMinutes(6));
    assertThat(
            doors
                .admin
                .sql(
                    "select channel || ' ' || recipient from messaging.deliveries where message_id = ? and cause = 'notification'")
                .param(lead)
                .query(String.class)
                .list())
        .containsExactly("email kim@example.com", "email kim@example.com");
  }

  @Test
  void a_lead_that_is_put_off_begins_anew_at_that_time() {
    var lead = leadOf(KIM);
    passes(Duration.ofMinutes(2));
    putOff(lead, Duration.ofMinutes(30));
    passes(Duration.ofMinutes(36));
    assertThat(steps(lead))
        .containsExactly(
            "0 step 1/3 round 1: kim@example.com",
            "32 step 1/3 round 1: kim@example.com",
            "37 step 2/3 round 1: kim@example.com");
    assertThat(
            ask(
                "select count(*) from messaging.deliveries where message_id = ? and payload ->> 'event' = 'escalated'",
                lead))
        .as("each time at the address that was notified before")
        .isEqualTo("3");
  }

  @Test
  void a_quarantined_lead_begins_when_it_is_released() {
    var lead = leadOf(KIM, "quarantined_at, quarantine_reason", "now(), 'honeypot'");
    passes(Duration.ofMinutes(20));
    assertThat(steps(lead)).isEmpty();
    doors
        .admin
        .sql(
            "update public.messages set quarantined_at = null, updated_at = ?::timestamptz where id = ?")
        .params(now.toString(), lead)
        .update();
    passes(Duration.ofMinutes(5));
    assertThat(steps(lead))
        .containsExactly(
            "20 step 1/3 round 1: kim@example.com", "25 step 2/3 round 1: kim@example.com");
  }

  @Test
  void after_an_outage_steps_keep_their_distances() {
    var lead = leadOf(KIM);
    look();
    now = now.plus(Duration.ofHours(3));
    passes(Duration.ofMinutes(11));
    assertThat(steps(lead))
        .containsExactly(
            "0 step 1/3 round 1: kim@example.com",
            "180 step 2/3 round 1: kim@example.com",
            "190 step 3/3 round 1: robin@example.com");
  }

  @Test
  void a_policy_that_is_switched_off_or_deleted_notifies_nobody_more() {
    var lead = leadOf(KIM);
    passes(Duration.ofMinutes(1));
    doors.run("update messaging.escalation_policies set is_active = false");
    passes(Duration.ofMinutes(30));
    assertThat(steps(lead)).hasSize(1);
    assertThat(ended(lead)).isEqualTo("policy-removed");
    assertThat(
            ask(
                "select count(*) from messaging.event_readers where business_id = ? and reader = 'escalation'",
                business))
        .isEqualTo("0");
  }

  @Test
  void a_policy_holds_for_the_leads_that_it_names_and_those_that_come_after_it() {
    now = now.plus(Duration.ofMinutes(1));
    doors.run("delete from messaging.escalation_policies");
    var older = leadOf(KIM);
    now = now.plus(Duration.ofMinutes(1));
    policy("[{\"after\": 0, \"notify\": [\"owners\"]}]", "priorities", "'{urgent}'");
    doors.run("update public.messages set priority = 'urgent', updated_at = '%s'".formatted(now));
    var medium = leadOf(KIM);
    var urgent = leadOf(KIM, "priority", "'urgent'");
    passes(Duration.ofMinutes(1));
    assertThat(steps(older)).isEmpty();
    assertThat(steps(medium)).isEmpty();
    assertThat(steps(urgent)).hasSize(1);
    doors.run(
        """
        set messaging.announced = 'here';
        update public.messages set priority = 'urgent' where id = '%1$s';
        insert into messaging.message_events (business_id, message_id, type, created_at) values ('%2$s', '%1$s', 'message.priority_changed', '%3$s');
        reset messaging.announced
        """
            .formatted(medium, business, now));
    passes(Duration.ofMinutes(1));
    assertThat(steps(medium)).hasSize(1);
  }

  @Test
  void a_reminder_is_a_message_that_follows_its_lead_and_is_done_with_it() {
    var lead = leadOf(KIM);
    putOff(lead, Duration.ofMinutes(30));
    passes(Duration.ofMinutes(31));
    var reminder =
        doors
            .admin
            .sql(
                "select id, status, assigned_to, contact_name from public.messages where follows = ?")
            .param(lead)
            .query()
            .singleRow();
    assertThat(reminder)
        .containsEntry("status", "unread")
        .containsEntry("assigned_to", KIM)
        .containsEntry("contact_name", "Ada");
    putOff(lead, Duration.ofDays(400));
    doors.run("update public.messages set call_again_at = null where id = '%s'".formatted(lead));
    assertThat(ask("select status from public.messages where follows = ?", lead))
        .as("done, because there is no time to call again any more")
        .isEqualTo("archived");
    putOff(lead, Duration.ofMinutes(30));
    passes(Duration.ofMinutes(31));
    doors
        .admin
        .sql("update public.messages set status = 'responded' where id = ?")
        .param(lead)
        .update();
    assertThat(ask("select string_agg(status, ',') from public.messages where follows = ?", lead))
        .isEqualTo("archived,archived");
  }

  @Test
  void webhooks_are_sent_what_happens_to_a_lead_and_nothing_of_its_reminder() {
    doors.run(
        """
        insert into public.message_channels (business_id, channel_type, config) values ('%1$s', 'webhook', '{}');
        insert into messaging.webhook_subscriptions (business_id, url, event_types)
          values ('%1$s', 'https://example.com/', '{message.read,message.archived,message.responded}');
        """
            .formatted(business));
    var lead = leadOf(KIM);
    putOff(lead, Duration.ofMinutes(30));
    passes(Duration.ofMinutes(31));
    doors.run(
        "update public.messages set status = 'read' where business_id = '%s'".formatted(business));
    doors.run("update public.messages set status = 'responded' where id = '%s'".formatted(lead));
    assertThat(
            doors
                .admin
                .sql(
                    "select e.type || ' ' || (e.message_id = ?) from messaging.deliveries d join messaging.message_events e on e.id = d.event_id where d.business_id = ? order by e.type")
                .params(lead, business)
                .query(String.class)
                .list())
        .containsExactly("message.read true", "message.responded true");
    assertThat(
            ask(
                "select string_agg(owed || '', ',') from messaging.message_events e where e.type = 'message.archived' and e.message_id in (select r.id from public.messages r where r.follows = ?)",
                lead))
        .isEqualTo("0");
  }

  private UUID leadOf(UUID assignee) {
    return leadOf(assignee, "metadata", "'{}'");
  }

  private UUID leadOf(UUID assignee, String columns, String values) {
    var lead = UUID.randomUUID();
    doors.run(
        """
        insert into public.messages (id, funnel_id, business_id, contact_name, assigned_to, created_at, updated_at, %s)
        values ('%s', '%s', '%s', 'Ada', %s, '%s', '%6$s', %s);
        insert into messaging.message_events (business_id, message_id, type, created_at) values ('%4$s', '%2$s', 'message.created', '%6$s')
        """
            .formatted(
                columns,
                lead,
                funnel,
                business,
                assignee == null ? "null" : "'" + assignee + "'",
                now,
                values));
    return lead;
  }

  private void policy(String steps, String column, String value) {
    doors.run(
        """
        insert into messaging.escalation_policies (business_id, position, name, steps, repeat_after, created_at, updated_at, %s)
        values ('%s', 1, 'Test', '%s', 15, '%s', '%4$s', %s)
        """
            .formatted(column, business, steps, now, value));
  }

  private void assign(UUID lead, UUID member, String data) {
    doors.run(
        """
        update public.messages set assigned_to = '%1$s' where id = '%2$s';
        insert into messaging.message_events (business_id, message_id, type, data, created_at)
        values ('%3$s', '%2$s', 'message.assigned', '%4$s'::jsonb || '{"to": "%1$s"}', '%5$s')
        """
            .formatted(member, lead, business, data, now));
  }

  private void putOff(UUID lead, Duration by) {
    doors
        .admin
        .sql("update public.messages set call_again_at = ?::timestamptz where id = ?")
        .params(now.plus(by).toString(), lead)
        .update();
  }

  /** Time passes, and an instance looks each half minute. */
  private void passes(Duration time) {
    var end = now.plus(time);
    look();
    while (now.isBefore(end)) {
      now = now.plus(Duration.ofSeconds(Math.min(30, Duration.between(now, end).toSeconds())));
      look();
    }
  }

  private void look() {
    var at = Map.of("bean:now?method=moment", now.toString());
    StatementFile.of("start-escalations").run(doors.upkeep, at);
    while (run() > 0) {}
    StatementFile.of("show-reminders").run(doors.upkeep, at);
  }

  private int run() {
    return (Integer)
        StatementFile.of("run-escalations")
            .run(doors.upkeep, Map.of("bean:now?method=moment", now.toString()))
            .get(0)
            .get("due");
  }

  private static Connection person() throws SQLException {
    var connection = database.login(TestDatabase.SUPERUSER).getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  /** Minutes since the beginning, what ran, and who was notified. */
  private List<String> steps(UUID lead) {
    return doors
        .admin
        .sql(
            """
            select round(extract(epoch from created_at - ?::timestamptz) / 60) || case type when 'message.overdue' then ' overdue'
                else format(' step %s/%s round %s', data ->> 'step', data ->> 'of', data ->> 'round') end
              || ': ' || (select coalesce(string_agg(m, ','), '') from jsonb_array_elements_text(data -> 'members') m)
            from messaging.message_events
            where message_id = ? and type in ('message.escalated', 'message.escalation_step', 'message.overdue')
            order by id
            """)
        .params(Doors.NOW.toString(), lead)
        .query(String.class)
        .list();
  }

  private String ended(UUID lead) {
    return ask("select ended_because from messaging.escalations where message_id = ?", lead);
  }

  private String ask(String query, Object... values) {
    return String.valueOf(
        doors
            .admin
            .sql(query)
            .params(
                java.util.Arrays.stream(values)
                    .map(v -> v instanceof Instant ? v.toString() : v)
                    .toList())
            .query()
            .singleValue());
  }
}
