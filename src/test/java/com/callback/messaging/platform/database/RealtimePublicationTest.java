package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that listen at a Supabase project itself go on being told, of what is theirs alone. */
class RealtimePublicationTest {

  private static final String OWNER = "project_owner";
  private static final UUID BAKERY = UUID.fromString("11111111-1111-4111-8111-111111111111");
  private static final UUID NEIGHBOUR = UUID.fromString("22222222-2222-4222-8222-222222222222");
  private static final UUID CAKES = UUID.fromString("aaaaaaaa-1111-4111-8111-111111111111");
  private static final List<String> TABLES =
      List.of("message_channels", "messages", "notification_preferences");

  @ParameterizedTest
  @ValueSource(ints = {15, 17})
  void the_tables_that_pages_listen_to_are_published(int version) {
    var database = ofTheProject(version);
    database.migrate(OWNER);
    assertThat(published(database)).isEqualTo(TABLES);
    assertThat(database.migrate(OWNER).migrationsExecuted).isZero();
  }

  @Test
  void what_is_published_already_stays_so() {
    var database = ofTheProject(17).runFile("src/test/resources/database/platform-messages.sql");
    database.run("alter publication supabase_realtime add table public.messages, public.funnels");
    database.migrate(OWNER);
    assertThat(published(database)).containsAll(TABLES).contains("funnels").hasSize(4);
  }

  @Test
  void a_publication_of_all_tables_is_left_alone() {
    var database = supabase(17);
    database.run(
        "drop publication supabase_realtime; create publication supabase_realtime for all tables");
    assertThatNoException().isThrownBy(() -> database.migrate(OWNER));
    assertThat(published(database)).containsAll(TABLES);
  }

  @Test
  void a_publication_of_somebody_else_is_left_alone() {
    var database = supabase(17);
    assertThatNoException().isThrownBy(() -> database.migrate(OWNER));
    assertThat(published(database)).isEmpty();
  }

  @Test
  void where_there_is_no_publication_none_is_made() {
    var database = TestDatabase.upToDate();
    assertThat(
            database
                .admin()
                .sql("select count(*) from pg_publication")
                .query(Integer.class)
                .single())
        .isZero();
  }

  /** A table without a way to tell its rows apart could not be written to any more. */
  @Test
  void published_tables_can_be_written_to() {
    var database = ofTheProject(17);
    database.migrate(OWNER);
    database.run(
        """
        insert into public.message_channels (business_id, channel_type, config) values ('%1$s', 'email', '{"to":"ana@example.com"}');
        insert into public.notification_preferences (business_id) values ('%1$s');
        insert into public.messages (business_id, funnel_id, contact_name) values ('%1$s', '%2$s', 'Zoë');
        update public.message_channels set config = '{"to":"ben@example.com"}';
        update public.notification_preferences set business_id = business_id;
        update public.messages set status = 'read';
        delete from public.message_channels; delete from public.notification_preferences; delete from public.messages
        """
            .formatted(BAKERY, CAKES));
  }

  /** The project asks for each change whether the listener may see the row, as themselves. */
  @Test
  void the_policies_let_each_see_their_own() throws SQLException {
    var database = ofTheProject(17);
    database.migrate(OWNER);
    database.run(
        """
        insert into public.message_channels (business_id, channel_type, config) values ('%1$s', 'email', '{"to":"ana@example.com"}');
        insert into public.notification_preferences (business_id) values ('%1$s')
        """
            .formatted(BAKERY));
    try (var doors = new Doors(database, OWNER)) {
      doors.accept(CAKES);
      for (var table : TABLES) {
        var rows = "select count(*) from public." + table;
        assertThat(doors.asCaller(Doors.claims(BAKERY), rows)).as(table).containsExactly("1");
        assertThat(doors.asCaller(Doors.claims(NEIGHBOUR), rows)).as(table).containsExactly("0");
        assertThat(doors.asCaller(null, rows)).as("%s, nobody", table).containsExactly("0");
      }
    }
    assertThat(
            database
                .admin()
                .sql(
                    "select relname from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity and relforcerowsecurity order by relname")
                .query(String.class)
                .list())
        .containsAll(TABLES);
    assertThat(
            database
                .admin()
                .sql(
                    "select count(*) from unnest(array['messages', 'message_channels', 'notification_preferences']) t where has_table_privilege('anon', 'public.' || t, 'select')")
                .query(Integer.class)
                .single())
        .as("told to anybody")
        .isZero();
  }

  /** As in a project: the publication belongs to the login that the service is given. */
  private static TestDatabase ofTheProject(int version) {
    return supabase(version).run("alter publication supabase_realtime owner to " + OWNER);
  }

  private static TestDatabase supabase(int version) {
    return PostgresServer.version(version)
        .emptyDatabase()
        .runFile("src/test/resources/database/supabase.sql");
  }

  private static List<String> published(TestDatabase database) {
    return database
        .admin()
        .sql(
            "select tablename from pg_publication_tables where pubname = 'supabase_realtime' and schemaname = 'public' order by tablename")
        .query(String.class)
        .list();
  }
}
