package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In a Supabase project the service moves in beside a platform, and leaves it as it was. */
class BesideAPlatformTest {

  private static final String OWNER = "project_owner";
  private static final UUID BAKERY = UUID.fromString("11111111-1111-4111-8111-111111111111");
  private static final UUID NEIGHBOUR = UUID.fromString("22222222-2222-4222-8222-222222222222");
  private static final UUID CAKES = UUID.fromString("aaaaaaaa-1111-4111-8111-111111111111");
  private static final List<String> PLATFORM =
      List.of("businesses", "funnels", "funnels_visits_seq", "click_events", "users");
  private static final List<String> MESSAGES =
      List.of("messages", "message_channels", "notification_preferences");

  @ParameterizedTest
  @ValueSource(ints = {15, 17})
  void nothing_that_was_there_is_touched(int version) {
    var database = supabase(version);
    var before = whatIsThere(database, PLATFORM);
    assertThat(before).anyMatch(line -> line.startsWith("row") && line.contains("Ana's Bakery"));

    database.migrate(OWNER);

    assertThat(whatIsThere(database, PLATFORM)).isEqualTo(before);
    our_policies_are_for_our_roles(database);
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 17})
  void the_service_works_for_a_business_of_the_platform(int version) throws SQLException {
    var database = supabase(version);
    database.migrate(OWNER);
    database.run(
        """
        insert into public.message_channels (business_id, channel_type, config) values
          ('%1$s', 'email', '{"to":"ana@example.com"}'), ('%1$s', 'webhook', '{"url":"https://bakery.example.com/leads"}')
        """
            .formatted(BAKERY));

    try (var doors = new Doors(database, OWNER)) {
      WholeWay.of(doors, CAKES);
      assertThat(leadsOf(doors, BAKERY)).containsExactly("Zoë O'Neil");
      assertThat(leadsOf(doors, NEIGHBOUR)).isEmpty();
    }
    database.run(
        "set role service_role; delete from public.businesses where id = '%s'".formatted(BAKERY));
    assertThat(
            database
                .admin()
                .sql(
                    "select (select count(*) from public.messages) + (select count(*) from messaging.deliveries)")
                .query(Integer.class)
                .single())
        .as("left of a business that the platform deleted")
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 17})
  void message_tables_of_the_platform_are_taken_over(int version) throws SQLException {
    var database = supabase(version).runFile("src/test/resources/database/platform-messages.sql");
    var before = whatIsThere(database, MESSAGES);

    database.migrate(OWNER);

    var after = whatIsThere(database, MESSAGES);
    assertThat(whatChanged(before, after))
        .as("gone: one closed list, and full pages")
        .satisfiesExactlyInAnyOrder(
            line ->
                assertThat(line)
                    .contains("message_channels_channel_type_check CHECK", "ARRAY['email'"),
            line -> assertThat(line).startsWith("relation messages ").doesNotContain("fillfactor"));
    assertThat(whatChanged(after, before))
        .as("added: our columns and their checks, the open list, indexes, triggers, room in pages")
        .allMatch(
            line ->
                line.startsWith("index ")
                    || line.startsWith("column message_channels 8 awaits_confirmation ")
                    || line.matches("relation messages .*fillfactor=50.*")
                    || line.matches(
                        "(?s)(column|constraint) messages .*(contact_phone_e164|acknowledged_by_member|quarantine|unreached_since|seen|follows|forget_after|assigned_to|tags|revision|due_at|read_at|responded_at|archived_at|call_outcome|call_again_at|preferred_|found_by).*")
                    || line.startsWith(
                        "constraint message_channels message_channels_channel_type_check")
                    || line.matches(
                        "trigger CREATE TRIGGER (subscribe_configured_url|switch_channel|close_reminders|schedule_reminder|withdraw_notifications|end_wait|announce_status|announce_priority|announce_deleted|keep_moments|assign_acknowledged|release_from_quarantine|note_direct_change|refuse_foreign_acknowledgement|mark_figures_of_[a-z_]+) .*")
                    || line.matches(
                        "right column messages.(quarantined_at|updated_at|assigned_to|tags|due_at|call_outcome|call_again_at|acknowledged_by_member) UPDATE false to authenticated .*")
                    || line.matches(
                        "(?s)policy .*(member_reads|member_updates|member_writes|one_business_at_a_time).*"));
    our_policies_are_for_our_roles(database);

    assertThat(
            database
                .admin()
                .sql(
                    "select s.business_id || ' ' || s.url || ' ' || (select count(*) from messaging.webhook_secrets w where w.subscription_id = s.id) from messaging.webhook_subscriptions s")
                .query(String.class)
                .list())
        .containsExactly(BAKERY + " https://bakery.example.com/leads 1");
    try (var doors = new Doors(database, OWNER)) {
      WholeWay.of(doors, CAKES);
      assertThat(leadsOf(doors, BAKERY)).containsExactlyInAnyOrder("An earlier lead", "Zoë O'Neil");
    }
  }

  @Test
  void what_the_platform_gives_away_by_default_is_taken_back() {
    var database = supabase(17);
    database.migrate(OWNER);
    assertThat(
            database
                .admin()
                .sql(
                    """
                    select grantee || ' ' || privilege_type || ' ' || table_name from information_schema.table_privileges
                    where grantee in ('anon', 'authenticated')
                      and table_name in ('messages', 'message_channels', 'notification_preferences')
                    """)
                .query(String.class)
                .list())
        .containsExactlyInAnyOrder(
            "authenticated SELECT messages",
            "authenticated SELECT message_channels",
            "authenticated INSERT message_channels",
            "authenticated UPDATE message_channels",
            "authenticated DELETE message_channels",
            "authenticated SELECT notification_preferences",
            "authenticated INSERT notification_preferences",
            "authenticated UPDATE notification_preferences");
  }

  @Test
  void an_owner_who_may_not_grant_what_callers_are_is_told_so() {
    var database = supabase(17);
    database.run("revoke admin option for authenticated from project_owner");
    assertThatThrownBy(() -> database.migrate(OWNER))
        .hasMessageContaining(
            "The database login \"project_owner\" may not grant the role \"authenticated\": let an administrator run docs/sql/roles.sql once, then start again");
  }

  private static List<String> leadsOf(Doors doors, UUID business) throws SQLException {
    return doors.asCaller(Doors.claims(business), "select contact_name from public.messages");
  }

  private static TestDatabase supabase(int version) {
    return PostgresServer.version(version)
        .emptyDatabase()
        .runFile("src/test/resources/database/supabase.sql");
  }

  private static List<String> whatIsThere(TestDatabase database, List<String> relations) {
    return database
        .admin()
        .sql(TestDatabase.read("src/test/resources/database/what-is-there.sql"))
        .param("{" + String.join(",", relations) + "}")
        .query(String.class)
        .list();
  }

  private static List<String> whatChanged(List<String> from, List<String> to) {
    return from.stream().filter(line -> !to.contains(line)).toList();
  }

  private static void our_policies_are_for_our_roles(TestDatabase database) {
    assertThat(
            database
                .admin()
                .sql(
                    "select unnest(roles)::text from pg_policies where policyname like 'messaging\\_%'")
                .query(String.class)
                .list())
        .isNotEmpty()
        .isSubsetOf("messaging_intake", "messaging_worker", "messaging_api");
  }
}
