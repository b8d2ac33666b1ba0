package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds for every table, policy, key and function, also for those that come later. */
class EveryTableIsIsolatedTest {

  private static final String TABLES =
      """
      select c.oid, c.oid::regclass::text as name, c.relrowsecurity, c.relforcerowsecurity
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname in ('public', 'messaging')
        and c.oid <> 'messaging.schema_history'::regclass
      """;

  private static TestDatabase database;

  @BeforeAll
  static void migrate() {
    // As careless as a server can be about what comes later.
    database = PostgresServer.version(PostgresServer.OURS).emptyDatabase();
    database.run(
        """
        create role messaging_login login createrole;
        alter database callback owner to messaging_login;
        create role anon; create role authenticated;
        grant anon, authenticated to messaging_login with admin option;
        alter default privileges for role messaging_login grant all on tables to anon, authenticated;
        alter default privileges for role messaging_login grant all on sequences to anon, authenticated;
        alter default privileges for role messaging_login grant all on functions to anon, authenticated;
        """);
    database.migrate(TestDatabase.LOGIN);
  }

  @Test
  void there_are_the_tables_of_the_design() {
    assertThat(names("select name from (%s) t".formatted(TABLES)))
        .contains(
            "businesses",
            "funnels",
            "messages",
            "message_channels",
            "notification_preferences",
            "messaging.api_keys",
            "messaging.business_members",
            "messaging.business_settings",
            "messaging.deliveries",
            "messaging.delivery_attempts",
            "messaging.delivery_receipts",
            "messaging.digest_runs",
            "messaging.funnel_origins",
            "messaging.funnel_settings",
            "messaging.message_events",
            "messaging.suppressions",
            "messaging.templates",
            "messaging.webhook_secrets",
            "messaging.webhook_subscriptions");
  }

  @Test
  void row_level_security_binds_everybody_at_every_table_the_owner_too() {
    assertThat(
            names(
                "select name from (%s) t where not (relrowsecurity and relforcerowsecurity)"
                    .formatted(TABLES)))
        .isEmpty();
  }

  @Test
  void every_policy_names_its_roles() {
    assertThat(
            names(
                "select tablename || '.' || policyname from pg_policies where roles && '{public}'"))
        .isEmpty();
  }

  /** PostgreSQL before 18 plans an SQL function that it cannot inline in each statement anew. */
  @Test
  void every_function_that_policies_call_keeps_its_plan() {
    assertThat(
            names(
                """
                select distinct p.oid::regprocedure::text from pg_depend d
                join pg_proc p on p.oid = d.refobjid and d.refclassid = 'pg_proc'::regclass
                join pg_language l on l.oid = p.prolang
                where d.classid = 'pg_policy'::regclass and p.pronamespace = 'messaging'::regnamespace and l.lanname = 'sql'
                """))
        .isEmpty();
  }

  @Test
  void callers_have_rights_at_what_the_api_shows_them_only() {
    assertThat(
            names(
                """
                select grantee || ' ' || what from (
                  select nspname as what, (aclexplode(nspacl)).grantee::regrole::text as grantee
                    from pg_namespace where nspname = 'messaging'
                  union all
                  select oid::regclass::text, (aclexplode(relacl)).grantee::regrole::text
                    from pg_class where relnamespace = 'messaging'::regnamespace
                  union all
                  select attrelid::regclass || '.' || attname, (aclexplode(attacl)).grantee::regrole::text
                    from pg_attribute join pg_class c on c.oid = attrelid
                    where c.relnamespace = 'messaging'::regnamespace
                  union all
                  select oid::regprocedure::text, (aclexplode(coalesce(proacl, acldefault('f', proowner)))).grantee::regrole::text
                    from pg_proc where pronamespace = 'messaging'::regnamespace
                ) rights
                where grantee in ('-', 'anon', 'authenticated')
                group by grantee, what order by grantee, what
                """))
        .filteredOn(right -> !right.matches(".*[.].*[.].*|.*\\(.*"))
        .containsExactly(
            "authenticated messaging",
            "authenticated messaging.absences",
            "authenticated messaging.assignment_rules",
            "authenticated messaging.audit_entries",
            "authenticated messaging.breakdown_figures",
            "authenticated messaging.business_holidays",
            "authenticated messaging.business_hours",
            "authenticated messaging.business_members",
            "authenticated messaging.business_settings",
            "authenticated messaging.channel_secrets",
            "authenticated messaging.confirmations",
            "authenticated messaging.deliveries",
            "authenticated messaging.delivery_attempts",
            "authenticated messaging.delivery_figures",
            "authenticated messaging.delivery_receipts",
            "authenticated messaging.erasures",
            "authenticated messaging.escalation_policies",
            "authenticated messaging.fallbacks",
            "authenticated messaging.figures_kept",
            "authenticated messaging.figures_stale",
            "authenticated messaging.funnel_origins",
            "authenticated messaging.funnel_settings",
            "authenticated messaging.idempotency_keys",
            "authenticated messaging.invitations",
            "authenticated messaging.lead_figures",
            "authenticated messaging.member_addresses",
            "authenticated messaging.message_events",
            "authenticated messaging.notes",
            "authenticated messaging.outcome_rules",
            "authenticated messaging.personal_preferences",
            "authenticated messaging.push_devices",
            "authenticated messaging.response_figures",
            "authenticated messaging.rota_overrides",
            "authenticated messaging.rota_shifts",
            "authenticated messaging.saved_views",
            "authenticated messaging.silences",
            "authenticated messaging.sms_limits",
            "authenticated messaging.sms_usage",
            "authenticated messaging.suppressions",
            "authenticated messaging.tags",
            "authenticated messaging.templates",
            "authenticated messaging.thread_entries",
            "authenticated messaging.undoable_changes",
            "authenticated messaging.webhook_secrets",
            "authenticated messaging.webhook_subscriptions");
  }

  @Test
  void anon_has_no_right_at_any_table() {
    assertThat(
            names(
                "select name from (%s) t where has_any_column_privilege('anon', oid, 'select, insert, update, references') or has_table_privilege('anon', oid, 'delete, truncate, trigger')"
                    .formatted(TABLES)))
        .isEmpty();
  }

  @Test
  void no_function_can_be_called_by_everybody() {
    assertThat(
            names(
                """
                select p.oid::regprocedure::text
                from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                where n.nspname in ('public', 'messaging', 'auth')
                  and exists (
                    select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0)
                """))
        .isEmpty();
  }

  @Test
  void functions_with_the_rights_of_another_trust_no_search_path() {
    assertThat(
            names(
                """
                select oid::regprocedure::text from pg_proc
                where pronamespace::regnamespace::text in ('public', 'messaging', 'auth')
                  and prosecdef and array_position(proconfig, 'search_path=""') is null
                """))
        .isEmpty();
  }

  @Test
  void an_index_begins_with_the_column_of_every_foreign_key() {
    // A partial index serves a key only if its condition follows from the key's not being null.
    assertThat(
            names(
                """
                select k.conrelid::regclass || '.' || a.attname
                from pg_constraint k
                join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
                where k.contype = 'f' and not exists (
                  select from pg_index i
                  where i.indrelid = k.conrelid and i.indkey[0] = k.conkey[1]
                    and coalesce(pg_get_expr(i.indpred, i.indrelid), '') in ('', format('(%I IS NOT NULL)', a.attname)))
                """))
        .isEmpty();
  }

  @Test
  void every_table_has_a_primary_key() {
    assertThat(
            names(
                "select name from (%s) t where not exists (select from pg_constraint k where k.conrelid = t.oid and k.contype = 'p')"
                    .formatted(TABLES)))
        .isEmpty();
  }

  private static List<String> names(String query) {
    return database.admin().sql(query).query(String.class).list();
  }
}
