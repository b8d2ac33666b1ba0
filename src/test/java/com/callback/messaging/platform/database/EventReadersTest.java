package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The events of a business have the readers that the business wants, each at its position. */
class EventReadersTest {

  private static final String MEMBER = "00000000-0000-0000-0000-00000000000a";
  private static final String RULE =
      "insert into messaging.assignment_rules (business_id, rule, fallback, updated_at) values ('%s', 'round_robin', 'owners', now())";
  private static final String POLICY =
      "insert into messaging.escalation_policies (business_id, position, name, steps, created_at, updated_at) values ('%s', 1, 'All', '[{\"after\": 0, \"notify\": [\"owners\"]}]', now(), now())";
  private static final String PREFERENCE =
      "insert into messaging.personal_preferences (business_id, person_id, events, updated_at) values ('%s', '"
          + MEMBER
          + "', '{\"new_lead\": {\"sms\": true}}', now())";

  private static TestDatabase database;

  private UUID business;

  @BeforeAll
  static void migrate() {
    database = TestDatabase.upToDate();
  }

  @BeforeEach
  void a_business() {
    business = UUID.randomUUID();
    database.run(
        "insert into public.businesses (id, name) values ('%s', 'Solar')".formatted(business));
  }

  @AfterEach
  void without_a_trace() {
    database.run("delete from public.businesses where id = '%s'".formatted(business));
    assertThat(readers(database)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "assignment | update messaging.assignment_rules set rule = 'nobody' | update messaging.assignment_rules set rule = 'least_loaded' | delete from messaging.assignment_rules",
        "escalation | update messaging.escalation_policies set is_active = false | update messaging.escalation_policies set is_active = true | delete from messaging.escalation_policies",
        "notification | update messaging.personal_preferences set events = '{\"new_lead\": {\"sms\": false}}' | update messaging.personal_preferences set events = '{\"new_lead\": {\"push\": true}}' | delete from messaging.personal_preferences",
      })
  void a_reader_is_there_while_it_is_wanted(
      String reader, String notWanted, String wanted, String removed) {
    everythingIsWanted();
    assertThat(readers(database)).containsExactly("assignment", "escalation", "notification");

    database.run(notWanted);
    assertThat(readers(database)).hasSize(2).doesNotContain(reader);
    database.run(wanted);
    assertThat(readers(database)).hasSize(3);
    database.run(removed);
    assertThat(readers(database)).hasSize(2).doesNotContain(reader);
  }

  @Test
  void a_reader_keeps_its_position_when_it_is_wanted_once_more() {
    everythingIsWanted();
    database.run("update messaging.event_readers set tx = '7', event_id = 9");
    database.run("update messaging.assignment_rules set rule = 'on_duty'");
    database.run(POLICY.formatted(business));
    database.run(
        "update messaging.personal_preferences set events = '{\"new_lead\": {\"email\": true}}'");
    assertThat(
            database
                .admin()
                .sql("select tx || ' ' || event_id from messaging.event_readers")
                .query(String.class)
                .list())
        .containsOnly("7 9");
  }

  @Test
  void a_reader_stays_when_one_reason_goes_while_another_comes() throws SQLException {
    database.run(POLICY.formatted(business));
    try (var first = connection();
        var second = connection()) {
      first.setAutoCommit(false);
      Doors.ask(first, "delete from messaging.escalation_policies");
      var other = CompletableFuture.supplyAsync(() -> ran(second, POLICY.formatted(business)));
      await()
          .until(
              () ->
                  database
                      .admin()
                      .sql(
                          "select exists (select from pg_locks where locktype = 'advisory' and not granted)")
                      .query(Boolean.class)
                      .single());
      first.commit();
      other.join();
    }
    assertThat(readers(database)).containsExactly("escalation");
  }

  @Test
  void positions_from_before_there_was_one_table_are_kept() {
    var older = PostgresServer.version(PostgresServer.OURS).emptyDatabase();
    older.run(
        "create role messaging_login login createrole; alter database callback owner to messaging_login");
    older
        .flyway(TestDatabase.LOGIN)
        .repeatableSqlMigrationPrefix("none")
        .target("69")
        .load()
        .migrate();
    older.run(
        """
        insert into public.businesses (id, name) values ('%1$s', 'Solar');
        insert into messaging.assignment_positions values ('%1$s', '5', 50);
        insert into messaging.escalation_cursors values ('%1$s', '6');
        insert into messaging.notified_businesses values ('%1$s', '7', 70);
        create function messaging.keep_escalation_cursor() returns trigger language plpgsql as 'begin return null; end';
        alter function messaging.keep_escalation_cursor() owner to messaging_worker;
        create trigger keep_escalation_cursor after insert on messaging.escalation_policies
        for each row execute function messaging.keep_escalation_cursor()"""
            .formatted(business));

    older.migrate(TestDatabase.LOGIN);

    assertThat(
            older
                .admin()
                .sql(
                    "select concat_ws(' ', reader, tx, event_id) from messaging.event_readers order by 1")
                .query(String.class)
                .list())
        .containsExactly("assignment 5 50", "escalation 6 0", "notification 7 70");
    older.run(POLICY.formatted(business));
    assertThat(readers(older)).hasSize(3);
  }

  private void everythingIsWanted() {
    for (var wish : List.of(RULE, POLICY, PREFERENCE)) {
      database.run(wish.formatted(business));
    }
  }

  private Connection connection() throws SQLException {
    return database.login(TestDatabase.SUPERUSER).getConnection();
  }

  private static List<String> ran(Connection connection, String statement) {
    try {
      return Doors.ask(connection, statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> readers(TestDatabase database) {
    return database
        .admin()
        .sql("select reader from messaging.event_readers order by 1")
        .query(String.class)
        .list();
  }
}
