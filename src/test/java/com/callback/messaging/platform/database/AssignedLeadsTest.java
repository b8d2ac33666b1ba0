package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who gets a lead, by which rule, and when it goes to the next. */
class AssignedLeadsTest {

  private static final String ANN = "00000000-0000-0000-0000-00000000000a";
  private static final String BEN = "00000000-0000-0000-0000-00000000000b";
  private static final String KIM = "00000000-0000-0000-0000-00000000000c";
  private static final String EVE = "00000000-0000-0000-0000-00000000000e";

  private static Doors doors;

  private String business;
  private UUID funnel;

  @BeforeAll
  static void migrate() {
    doors = new Doors(TestDatabase.upToDate(), TestDatabase.LOGIN);
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  /** Ann owns it, Ben and Kim are agents, Eve only looks. */
  @BeforeEach
  void a_business_with_three_who_answer() {
    business = UUID.randomUUID().toString();
    funnel = UUID.randomUUID();
    doors.run(
        """
        insert into public.businesses (id, name) values ('%1$s', 'Solar');
        insert into public.funnels (id, business_id, name) values ('%2$s', '%1$s', 'Roof check');
        insert into messaging.business_members (business_id, user_id, role, email) values
          ('%1$s', '%3$s', 'owner', 'ann@example.com'), ('%1$s', '%4$s', 'agent', 'ben@example.com'),
          ('%1$s', '%5$s', 'agent', 'kim@example.com'), ('%1$s', '%6$s', 'viewer', 'eve@example.com')"""
            .formatted(business, funnel, ANN, BEN, KIM, EVE));
  }

  @Test
  void a_lead_of_a_business_without_a_rule_stays_unassigned() {
    var lead = doors.accept(funnel);
    assertThat(assign()).isZero();
    assertThat(assignee(lead)).isNull();
  }

  @Test
  void a_member_of_the_rule_gets_each_lead_and_the_timeline_says_why() {
    rule("member", KIM);
    var lead = doors.accept(funnel);
    assign();
    assertThat(assignee(lead)).isEqualTo(KIM);
    // What it wrote itself is an event, too.
    assign();
    assertThat(explanations(lead)).containsExactly("gets all leads");
  }

  @Test
  void the_member_is_notified_once_and_reads_why() {
    doors.run(
        "insert into public.message_channels (business_id, channel_type, config) values ('%s', 'email', '{\"to\":\"desk@example.com\"}')"
            .formatted(business));
    rule("member", KIM);
    var lead = doors.accept(funnel);
    assign();
    assign();
    assertThat(
            doors
                .admin
                .sql(
                    "select recipient || ': ' || (payload ->> 'reason') from messaging.deliveries where message_id = ? and cause = 'notification'")
                .param(lead)
                .query(String.class)
                .list())
        .containsExactly("kim@example.com: Assigned to you: gets all leads");
  }

  @Test
  void a_lead_from_before_the_rule_and_one_that_somebody_took_stay_as_they_are() {
    var before = doors.accept(funnel);
    rule("member", KIM);
    var taken = doors.accept(funnel);
    doors.run(
        "update public.messages set assigned_to = '%s' where id = '%s'".formatted(BEN, taken));
    assign();
    assertThat(assignee(before)).isNull();
    assertThat(assignee(taken)).isEqualTo(BEN);
  }

  @Test
  void a_rule_of_a_funnel_replaces_that_of_the_business() {
    rule("member", KIM);
    doors.run(
        "insert into messaging.assignment_rules (business_id, funnel_id, rule, fallback, updated_at) values ('%s', '%s', 'nobody', 'nobody', now())"
            .formatted(business, funnel));
    var lead = doors.accept(funnel);
    assign();
    assertThat(assignee(lead)).isNull();
  }

  @Test
  void a_quarantined_lead_is_assigned_when_it_is_released() {
    rule("member", KIM);
    var lead = doors.accept(funnel);
    doors.run("update public.messages set quarantined_at = now() where id = '%s'".formatted(lead));
    assign();
    assertThat(assignee(lead)).isNull();
    doors.run("update public.messages set quarantined_at = null where id = '%s'".formatted(lead));
    assign();
    assertThat(assignee(lead)).isEqualTo(KIM);
  }

  @Test
  void leads_of_a_member_who_leaves_go_to_another() {
    rule("round_robin");
    var lead = doors.accept(funnel);
    assign();
    assertThat(assignee(lead)).isEqualTo(ANN);
    doors.run("delete from messaging.business_members where user_id = '%s'".formatted(ANN));
    assign();
    assertThat(assignee(lead)).isEqualTo(BEN);
  }

  @Test
  void members_have_turns_under_two_instances() throws Exception {
    rule("round_robin");
    for (var each = 0; each < 30; each++) {
      doors.accept(funnel);
    }
    var instances = Executors.newFixedThreadPool(2);
    try {
      var worker = JdbcClient.create(doors.worker);
      var statement =
          "select messaging.assign_new_leads('%s', '%s')".formatted(business, Doors.NOW);
      Callable<Integer> instance =
          () ->
              worker.sql(statement).query(Integer.class).single()
                  + worker.sql(statement).query(Integer.class).single();
      for (var done : instances.invokeAll(Collections.nCopies(2, instance))) {
        done.get();
      }
    } finally {
      instances.shutdown();
    }
    assign();
    for (var member : List.of(ANN, BEN, KIM)) {
      assertThat(leadsOf(member)).isEqualTo(10);
    }
  }

  @Test
  void the_member_with_the_fewest_open_leads_is_next() {
    rule("least_loaded");
    for (var each = 0; each < 3; each++) {
      doors.accept(funnel);
    }
    assign();
    doors.run(
        "update public.messages set status = 'responded' where business_id = '%s' and assigned_to = '%s'"
            .formatted(business, KIM));
    var lead = doors.accept(funnel);
    assign();
    assertThat(assignee(lead)).isEqualTo(KIM);
    assertThat(explanations(lead)).containsExactly("fewest open leads (0)");
  }

  @Test
  void a_member_who_is_away_is_skipped_until_the_absence_ends() {
    rule("round_robin");
    away(BEN, "'2026-03-01 09:00Z'", "'2026-03-01 10:00Z'");
    var leads = new ArrayList<UUID>();
    for (var each = 0; each < 3; each++) {
      leads.add(doors.accept(funnel));
    }
    assign();
    assertThat(leads.stream().map(this::assignee)).containsExactlyInAnyOrder(ANN, KIM, ANN);
    var later = doors.accept(funnel);
    assign(Doors.NOW.plus(Duration.ofHours(1)));
    assertThat(assignee(later)).isEqualTo(BEN);
  }

  @Test
  void an_owner_gets_the_lead_while_the_member_of_the_rule_is_away() {
    rule("member", KIM);
    away(KIM, "'2026-03-01 09:00Z'", "null");
    var lead = doors.accept(funnel);
    assign();
    assertThat(assignee(lead)).isEqualTo(ANN);
    assertThat(explanations(lead))
        .containsExactly("nobody of the rule is there, so an owner gets it");
  }

  @Test
  void nobody_gets_it_where_the_rule_says_so() {
    rule("member", KIM);
    doors.run("update messaging.assignment_rules set fallback = 'nobody'");
    away(KIM, "'2026-03-01 09:00Z'", "null");
    var lead = doors.accept(funnel);
    assign();
    assertThat(assignee(lead)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"7, on duty until 24:00", "1, on duty until Mon 24:00"})
  void a_shift_that_ends_at_midnight_ends_at_24_00_of_its_day(int lastDay, String explanation) {
    rule("on_duty");
    shift(7, "00:00", "24:00", KIM);
    if (lastDay == 1) {
      shift(1, "00:00", "24:00", KIM);
    }
    var lead = doors.accept(funnel);
    assign();
    assertThat(explanations(lead)).containsExactly(explanation);
  }

  @Test
  void the_member_on_duty_gets_the_lead_and_the_timeline_says_until_when() {
    rule("on_duty");
    shift(7, "09:00", "12:00", KIM);
    shift(7, "12:00", "18:00", KIM);
    shift(7, "18:00", "24:00", BEN);
    var lead = doors.accept(funnel);
    assign();
    assertThat(assignee(lead)).isEqualTo(KIM);
    assertThat(explanations(lead)).containsExactly("on duty until 18:00");
    assertThat(onDuty("2026-03-01T18:00:00Z")).isEqualTo(BEN);
    assertThat(onDuty("2026-03-02T00:00:00Z")).isNull();
  }

  @Test
  void a_gap_in_the_rota_is_answered_by_the_fallback() {
    rule("on_duty");
    shift(1, "09:00", "17:00", KIM);
    var lead = doors.accept(funnel);
    assign();
    assertThat(assignee(lead)).isEqualTo(ANN);
    assertThat(explanations(lead)).containsExactly("nobody is on duty, so an owner gets it");
  }

  @Test
  void an_exception_replaces_the_usual_week_between_its_times_only() {
    shift(7, "09:00", "17:00", KIM);
    doors.run(
        "insert into messaging.rota_overrides (business_id, day, starts, ends, member_id) values ('%1$s', '2026-03-01', '10:00', '11:00', '%2$s'), ('%1$s', '2026-03-01', '11:00', '12:00', null)"
            .formatted(business, BEN));
    assertThat(onDuty("2026-03-01T09:59:59Z")).isEqualTo(KIM);
    assertThat(onDuty("2026-03-01T10:00:00Z")).isEqualTo(BEN);
    assertThat(onDuty("2026-03-01T11:00:00Z")).isNull();
    assertThat(onDuty("2026-03-01T12:00:00Z")).isEqualTo(KIM);
    assertThat(onDuty("2026-03-08T10:30:00Z")).isEqualTo(KIM);
  }

  @Test
  void the_usual_week_does_not_hold_on_a_holiday_and_an_exception_does() {
    shift(7, "09:00", "17:00", KIM);
    doors.run(
        "insert into messaging.business_holidays (business_id, day, name) values ('%1$s', '2026-03-01', 'St David'); insert into messaging.rota_overrides (business_id, day, starts, ends, member_id) values ('%1$s', '2026-03-01', '10:00', '11:00', '%2$s')"
            .formatted(business, BEN));
    assertThat(onDuty("2026-03-01T09:30:00Z")).isNull();
    assertThat(onDuty("2026-03-01T10:30:00Z")).isEqualTo(BEN);
    assertThat(onDuty("2026-03-08T09:30:00Z")).isEqualTo(KIM);
  }

  @Test
  void minutes_before_a_lead_is_passed_on_count_while_the_business_is_open() {
    rule("round_robin");
    doors.run(
        "update messaging.assignment_rules set reassign_after_minutes = 15; insert into messaging.business_hours (business_id, weekday, opens, closes) values ('%s', 1, '09:00', '17:00')"
            .formatted(business));
    var lead = doors.accept(funnel);
    assign();
    reassign(Instant.parse("2026-03-02T09:14:59Z"));
    assertThat(assignee(lead)).isEqualTo(ANN);
    reassign(Instant.parse("2026-03-02T09:15:00Z"));
    assertThat(assignee(lead)).isEqualTo(BEN);
  }

  @Test
  void a_shift_follows_the_clock_of_the_business_through_daylight_saving() {
    doors.run(
        "insert into messaging.business_settings (business_id, time_zone) values ('%s', 'Europe/Berlin')"
            .formatted(business));
    // The clock jumps from 2 to 3 on Sunday, 29 March 2026.
    shift(6, "22:00", "24:00", BEN);
    shift(7, "00:00", "02:30", BEN);
    shift(7, "02:30", "03:00", EVE);
    shift(7, "03:00", "09:00", KIM);
    assertThat(onDuty("2026-03-28T21:00:00Z")).isEqualTo(BEN);
    assertThat(onDuty("2026-03-29T00:59:59Z")).isEqualTo(BEN);
    assertThat(onDuty("2026-03-29T06:59:59Z")).isEqualTo(KIM);
    assertThat(onDuty("2026-03-29T07:00:00Z")).isNull();
  }

  @Test
  void a_lead_that_nobody_takes_goes_to_each_member_once_and_stays_with_the_last() {
    rule("round_robin");
    doors.run("update messaging.assignment_rules set reassign_after_minutes = 15");
    var lead = doors.accept(funnel);
    assign();
    var had = new ArrayList<String>(List.of(assignee(lead)));
    for (var minutes = 14; minutes <= 90; minutes += 15) {
      reassign(Doors.NOW.plus(Duration.ofMinutes(minutes)));
      assertThat(assignee(lead)).isEqualTo(had.get(had.size() - 1));
      reassign(Doors.NOW.plus(Duration.ofMinutes(minutes + 1)));
      if (had.size() < 3) {
        had.add(assignee(lead));
      }
    }
    assertThat(had).containsExactly(ANN, BEN, KIM);
    assertThat(explanations(lead))
        .containsExactly(
            "next in turn",
            "nobody acted for 15 minutes; next in turn",
            "nobody acted for 15 minutes; next in turn");
    assertThat(count("messaging.reassignments")).isZero();
  }

  @Test
  void a_lead_that_somebody_acted_on_or_gave_away_is_not_passed_on() {
    rule("member", KIM);
    doors.run("update messaging.assignment_rules set reassign_after_minutes = 1");
    var acknowledged = doors.accept(funnel);
    var given = doors.accept(funnel);
    var left = doors.accept(funnel);
    assign();
    doors.run(
        "update public.messages set status = 'acknowledged' where id = '%s'; update public.messages set assigned_to = '%s' where id = '%s'"
            .formatted(acknowledged, BEN, given));
    reassign(Doors.NOW.plus(Duration.ofMinutes(1)));
    assertThat(assignee(acknowledged)).isEqualTo(KIM);
    assertThat(assignee(given)).isEqualTo(BEN);
    assertThat(assignee(left)).isEqualTo(ANN);
    assertThat(explanations(left).get(1))
        .isEqualTo("nobody acted for 1 minute; nobody else is left, so an owner gets it");
  }

  @Test
  void the_next_on_duty_gets_a_lead_that_nobody_took() {
    rule("on_duty");
    doors.run("update messaging.assignment_rules set reassign_after_minutes = 5");
    shift(7, "09:00", "18:00", KIM);
    shift(1, "08:00", "12:00", BEN);
    var lead = doors.accept(funnel);
    assign();
    reassign(Doors.NOW.plus(Duration.ofMinutes(5)));
    assertThat(assignee(lead)).isEqualTo(BEN);
    assertThat(explanations(lead).get(1))
        .isEqualTo("nobody acted for 5 minutes; next on duty, from Mon 08:00");
  }

  @Test
  void a_business_that_goes_takes_its_rules_along() {
    rule("round_robin");
    doors.run(
        "insert into messaging.assignment_rules (business_id, funnel_id, rule, fallback, updated_at) values ('%1$s', '%2$s', 'on_duty', 'nobody', now()); delete from public.businesses where id = '%1$s'"
            .formatted(business, funnel));
    assertThat(count("messaging.event_readers")).isZero();
  }

  private void rule(String rule, String... members) {
    doors.run(
        "insert into messaging.assignment_rules (business_id, rule, member_ids, fallback, updated_at) values ('%s', '%s', '{%s}', 'owners', now())"
            .formatted(business, rule, String.join(",", members)));
  }

  private void shift(int weekday, String starts, String ends, String member) {
    doors.run(
        "insert into messaging.rota_shifts (business_id, weekday, starts, ends, member_id) values ('%s', %d, '%s', '%s', '%s')"
            .formatted(business, weekday, starts, ends, member));
  }

  private void away(String member, String from, String until) {
    doors.run(
        "insert into messaging.absences (business_id, member_id, starts_at, ends_at) values ('%s', '%s', %s, %s)"
            .formatted(business, member, from, until));
  }

  private int assign() {
    return assign(Doors.NOW);
  }

  private int assign(Instant at) {
    return called("assign_new_leads", at);
  }

  private void reassign(Instant at) {
    called("reassign_leads", at);
  }

  private int called(String function, Instant at) {
    // Events count once no older transaction is under way, such as an analysis of a table.
    await()
        .until(
            () ->
                doors
                    .admin
                    .sql(
                        "select coalesce(max(tx), '0') < messaging.place_of(pg_snapshot_xmin(pg_current_snapshot())) from messaging.message_events where business_id = cast(? as uuid)")
                    .param(business)
                    .query(Boolean.class)
                    .single());
    return JdbcClient.create(doors.worker)
        .sql("select messaging.%s(cast(? as uuid), cast(? as timestamptz))".formatted(function))
        .params(business, at.toString())
        .query(Integer.class)
        .single();
  }

  private String onDuty(String at) {
    return doors
        .admin
        .sql("select cast(messaging.on_duty(cast(? as uuid), cast(? as timestamptz)) as text)")
        .params(business, at)
        .query(String.class)
        .optional()
        .orElse(null);
  }

  private String assignee(UUID lead) {
    return doors
        .admin
        .sql("select cast(assigned_to as text) from public.messages where id = ?")
        .param(lead)
        .query(String.class)
        .optional()
        .orElse(null);
  }

  private List<String> explanations(UUID lead) {
    return doors
        .admin
        .sql(
            "select data ->> 'explanation' from messaging.message_events where message_id = ? and type = 'message.assigned' order by id")
        .param(lead)
        .query(String.class)
        .list();
  }

  private int leadsOf(String member) {
    return doors
        .admin
        .sql(
            "select count(*) from public.messages where business_id = cast(? as uuid) and assigned_to = cast(? as uuid)")
        .params(business, member)
        .query(Integer.class)
        .single();
  }

  private int count(String table) {
    return doors
        .admin
        .sql("select count(*) from " + table + " where business_id = cast(? as uuid)")
        .param(business)
        .query(Integer.class)
        .single();
  }
}
