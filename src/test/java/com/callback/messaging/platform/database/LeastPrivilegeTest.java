package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each door opens onto what its statements need, and onto nothing else. */
class LeastPrivilegeTest {

  private static final UUID OURS = UUID.randomUUID();
  private static final UUID THEIRS = UUID.randomUUID();
  private static final List<String> CALLERS_TABLES =
      List.of(
          "public.businesses",
          "public.funnels",
          "public.messages",
          "public.message_channels",
          "public.notification_preferences");

  /** Ours, of which a caller sees their own business's rows. */
  private static final List<String> CALLERS_OWN =
      List.of(
          "messaging.deliveries",
          "messaging.delivery_attempts",
          "messaging.delivery_receipts",
          "messaging.message_events",
          "messaging.webhook_subscriptions",
          "messaging.webhook_secrets",
          "messaging.channel_secrets",
          "messaging.push_devices",
          "messaging.escalation_policies",
          "messaging.escalations",
          "messaging.outcome_rules",
          "messaging.fallbacks",
          "messaging.business_members",
          "messaging.business_settings",
          "messaging.invitations",
          "messaging.audit_entries",
          "messaging.erasures",
          "messaging.api_keys",
          "messaging.idempotency_keys",
          "messaging.funnel_settings",
          "messaging.funnel_origins",
          "messaging.suppressions",
          "messaging.silences",
          "messaging.sms_charges",
          "messaging.sms_usage",
          "messaging.sms_limits",
          "messaging.confirmations",
          "messaging.business_hours",
          "messaging.assignment_rules",
          "messaging.rota_shifts",
          "messaging.rota_overrides",
          "messaging.absences",
          "messaging.business_holidays",
          "messaging.notes",
          "messaging.saved_views",
          "messaging.personal_preferences",
          "messaging.member_addresses",
          "messaging.lead_figures",
          "messaging.response_figures",
          "messaging.breakdown_figures",
          "messaging.delivery_figures",
          "messaging.figures_kept",
          "messaging.figures_stale",
          "messaging.tags",
          "messaging.templates",
          "messaging.thread_entries",
          "messaging.undoable_changes");

  private static TestDatabase database;
  private static Doors doors;

  @BeforeAll
  static void two_businesses_with_a_lead_each() {
    database = TestDatabase.upToDate();
    doors = new Doors(database, TestDatabase.LOGIN);
    for (var business : List.of(OURS, THEIRS)) {
      database.run(
          """
          insert into public.businesses (id, name) values ('%1$s', 'Business');
          insert into public.funnels (id, business_id, name) values ('%1$s', '%1$s', 'Funnel');
          insert into public.message_channels (business_id, channel_type, config)
            values ('%1$s', 'email', '{"to":"owner@example.com"}'),
              ('%1$s', 'webhook', '{"url":"https://example.com/hook"}');
          insert into public.notification_preferences (business_id) values ('%1$s');
          """
              .formatted(business));
      doors.accept(business);
    }
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select id from public.messages",
        "select contact_phone from public.messages",
        "update public.messages set contact_name = 'x'",
        "update messaging.deliveries set state = 'failed'",
        "select state from messaging.deliveries",
        "select secret from messaging.webhook_secrets",
        "select secret from messaging.channel_secrets",
        "select url from messaging.webhook_subscriptions",
        "select headers from messaging.webhook_subscriptions",
        "select config from public.message_channels",
        "select name from public.businesses",
        "select hash from messaging.api_keys",
        "insert into public.businesses (name) values ('x')",
        "insert into messaging.delivery_attempts default values"
      })
  void intake_is_refused(String statement) {
    refused(doors.intake, statement);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update public.messages set contact_name = 'x'",
        "update public.messages set business_id = gen_random_uuid()",
        "delete from messaging.deliveries",
        "update messaging.delivery_attempts set outcome = 'accepted'",
        "delete from messaging.delivery_attempts",
        "update messaging.message_events set type = 'x.y'",
        "delete from messaging.message_events",
        "delete from messaging.digest_runs",
        "delete from public.businesses",
        "update messaging.api_keys set hash = ''",
        "select created_at from messaging.api_keys",
        "truncate messaging.sandbox_messages"
      })
  void the_worker_is_refused(String statement) {
    refused(doors.worker, statement);
  }

  @Test
  void intake_and_the_worker_may_delete_nothing_but_what_is_kept_for_a_while() {
    assertThat(
            rights(
                "select grantee || ' ' || table_name from information_schema.table_privileges where grantee in ('messaging_intake', 'messaging_worker') and privilege_type not in ('SELECT', 'INSERT', 'UPDATE')"))
        .containsExactlyInAnyOrder(
            "messaging_worker absences",
            "messaging_worker budget_use",
            "messaging_worker canaries",
            "messaging_worker visitor_receipts",
            "messaging_worker silences",
            "messaging_worker delivery_figures",
            "messaging_worker event_readers",
            "messaging_worker figures_stale",
            "messaging_worker funnels",
            "messaging_worker idempotency_keys",
            "messaging_worker push_devices",
            "messaging_worker instances",
            "messaging_worker lead_figures",
            "messaging_worker member_addresses",
            "messaging_worker messages",
            "messaging_worker personal_preferences",
            "messaging_worker reassignments",
            "messaging_worker recent_requests",
            "messaging_worker reminders",
            "messaging_worker repeats",
            "messaging_worker response_figures",
            "messaging_worker breakdown_figures",
            "messaging_worker rota_overrides",
            "messaging_worker rota_shifts",
            "messaging_worker sandbox_messages",
            "messaging_worker sessions",
            "messaging_worker sign_in_links",
            "messaging_worker sms_charges",
            "messaging_worker sms_usage",
            "messaging_worker confirmations",
            "messaging_worker submitted_keys",
            "messaging_worker suppressions",
            "messaging_worker switched_targets",
            "messaging_worker undoable_changes",
            "messaging_worker unshown_changes");
  }

  @Test
  void the_worker_deletes_no_lead_and_no_funnel_by_the_way() throws SQLException {
    try (var connection = doors.worker.getConnection();
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("delete from public.messages")).isZero();
      assertThat(statement.executeUpdate("delete from public.funnels")).isZero();
      assertThat(statement.executeUpdate("update public.funnels set name = 'x'")).isZero();
    }
  }

  @Test
  void intake_changes_nothing_but_its_notes_of_what_it_has_seen() {
    assertThat(
            rights(
                "select distinct table_name from information_schema.column_privileges where grantee = 'messaging_intake' and privilege_type = 'UPDATE'"))
        .containsExactlyInAnyOrder("recent_requests", "submitted_keys");
  }

  @Test
  void the_api_has_no_right_of_its_own() {
    for (var table : allTables()) {
      refused(doors.api, "select * from " + table);
      refused(doors.api, "delete from " + table);
    }
  }

  @Test
  void a_caller_without_an_identity_sees_nothing() throws SQLException {
    for (var claims : new String[] {null, "", "{}", "{\"role\":\"authenticated\"}"}) {
      for (var table : CALLERS_TABLES) {
        assertThat(doors.asCaller(claims, "select to_jsonb(t)::text from %s t".formatted(table)))
            .as("%s seen with claims %s", table, claims)
            .isEmpty();
      }
    }
  }

  @Test
  void a_caller_sees_what_is_theirs_and_nothing_else() throws SQLException {
    for (var table : CALLERS_TABLES) {
      assertThat(
              doors.asCaller(
                  Doors.claims(OURS), "select to_jsonb(t)::text from %s t".formatted(table)))
          .as(table)
          .isNotEmpty()
          .allSatisfy(row -> assertThat(row).contains(OURS.toString()))
          .noneSatisfy(row -> assertThat(row).contains(THEIRS.toString()));
    }
  }

  @Test
  void a_caller_reads_those_tables_only() {
    var others = new ArrayList<>(allTables());
    others.removeAll(CALLERS_TABLES);
    others.removeAll(CALLERS_OWN);
    assertThat(others).hasSizeGreaterThan(7).contains("messaging.people", "messaging.sessions");
    for (var table : others) {
      assertThatThrownBy(() -> doors.asCaller(Doors.claims(OURS), "select 1 from " + table))
          .as(table)
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void a_caller_changes_what_is_theirs() throws SQLException {
    assertThat(
            doors.asCaller(
                Doors.claims(OURS), "update public.messages set status = 'read' returning status"))
        .containsExactly("read");
    assertThat(
            doors.asCaller(
                Doors.claims(OURS),
                "update public.message_channels set is_enabled = false where channel_type = 'email' returning id::text"))
        .hasSize(1);
    assertThat(
            doors.asCaller(
                Doors.claims(OURS),
                "update public.notification_preferences set show_badge = false returning id::text"))
        .hasSize(1);
    assertThat(
            doors.asCaller(
                Doors.claims(OURS),
                "update public.message_channels set config = '{\"url\":\"https://example.com/new\"}' where channel_type = 'webhook' returning id::text"))
        .hasSize(1);
  }

  @Test
  void a_caller_cannot_write_what_is_another_s() throws SQLException {
    var theirs = " where business_id = '" + THEIRS + "' returning id::text";
    assertThat(
            doors.asCaller(
                Doors.claims(OURS), "update public.messages set status = 'read'" + theirs))
        .isEmpty();
    assertThat(doors.asCaller(Doors.claims(OURS), "delete from public.message_channels" + theirs))
        .isEmpty();
    for (var refused :
        List.of(
            "insert into public.message_channels (business_id, channel_type) values ('%s', 'sms')",
            "update public.message_channels set business_id = '%s'",
            "update public.notification_preferences set business_id = '%s'")) {
      assertThatThrownBy(() -> doors.asCaller(Doors.claims(OURS), refused.formatted(THEIRS)))
          .hasMessageContaining("violates row-level security policy");
    }
    for (var refused :
        List.of(
            "update public.messages set business_id = '%s'",
            "update public.messages set email_status = 'sent' where business_id = '%s'",
            "delete from public.messages where business_id = '%s'",
            "insert into public.messages (business_id) values ('%s')",
            "insert into public.funnels (business_id, name) values ('%s', 'x')",
            "delete from public.businesses where id = '%s'")) {
      assertThatThrownBy(() -> doors.asCaller(Doors.claims(OURS), refused.formatted(THEIRS)))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void an_identity_ends_with_its_transaction() throws SQLException {
    doors.asCaller(Doors.claims(OURS), "select 1::text");
    assertThat(doors.asCaller(null, "select id::text from public.messages")).isEmpty();
    refused(doors.api, "select * from public.messages");
  }

  private static void refused(DataSource door, String statement) {
    assertThatThrownBy(
            () -> {
              try (var connection = door.getConnection()) {
                Doors.ask(connection, statement);
              }
            })
        .as(statement)
        .hasMessageContaining("permission denied");
  }

  private static List<String> allTables() {
    return rights(
        "select schemaname || '.' || tablename from pg_tables where schemaname in ('public', 'messaging')");
  }

  private static List<String> rights(String query) {
    return database.admin().sql(query).query(String.class).list();
  }
}
