package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts are kept by month: the months are made ahead, and removed when they are empty. */
class AttemptsByMonthTest {

  private static final UUID BAKERY = UUID.fromString("11111111-1111-4111-8111-111111111111");
  private static final UUID NEIGHBOUR = UUID.fromString("22222222-2222-4222-8222-222222222222");

  private TestDatabase database;
  private Doors doors;

  @BeforeEach
  void two_businesses_with_a_delivery_each() {
    database = TestDatabase.upToDate();
    doors = new Doors(database, TestDatabase.LOGIN);
    addBusinesses(database);
  }

  @AfterEach
  void close() {
    doors.close();
  }

  @Test
  void months_are_made_ahead_once() {
    assertThat(keepMonths("2040-11-15")).isEqualTo(4);
    assertThat(keepMonths("2040-11-15")).isZero();
    assertThat(keepMonths("2040-12-31")).as("made March, removed November").isEqualTo(2);
    assertThat(parts())
        .containsExactly("2040_12", "2041_01", "2041_02", "2041_03", "first", "other");
  }

  @Test
  void an_attempt_goes_to_its_month_in_utc() {
    keepMonths("2040-11-15");
    attempt(BAKERY, "2040-11-30 23:59:59Z");
    attempt(BAKERY, "2040-12-01 00:00:00Z");
    assertThat(partsWithAttempts()).containsExactly("2040_11", "2040_12");
  }

  @Test
  void an_attempt_that_no_month_takes_is_kept_and_its_month_stays_where_it_is() {
    attempt(BAKERY, "2040-12-24 12:00:00Z");
    assertThat(keepMonths("2040-11-15")).isEqualTo(3);
    assertThat(partsWithAttempts()).containsExactly("other");
    attempt(BAKERY, "2040-12-31 12:00:00Z");
    assertThat(attempts()).isEqualTo(2);
  }

  @Test
  void a_past_month_is_removed_once_the_leads_of_its_attempts_are_deleted() {
    keepMonths("2040-11-15");
    attempt(BAKERY, "2040-11-15 12:00:00Z");
    attempt(BAKERY, "2041-02-01 12:00:00Z");
    attempt(NEIGHBOUR, "2041-01-15 12:00:00Z");

    assertThat(keepMonths("2041-03-01")).as("made 4, removed December").isEqualTo(5);
    assertThat(parts()).contains("2040_11", "2041_01", "2041_02").doesNotContain("2040_12");

    doors.run("delete from public.messages where business_id = '%s'".formatted(BAKERY));
    assertThat(partsWithAttempts()).containsExactly("2041_01");
    doors.run("vacuum messaging.delivery_attempts");
    assertThat(keepMonths("2041-03-01")).isEqualTo(2);
    assertThat(parts()).contains("2041_01").doesNotContain("2040_11", "2041_02");
  }

  @Test
  void while_somebody_reads_the_table_no_month_is_made() throws SQLException {
    try (var busy = doors.worker.getConnection()) {
      busy.setAutoCommit(false);
      Doors.ask(busy, "select count(*) from messaging.delivery_attempts");
      assertThat(keepMonths("2040-11-15")).isZero();
      busy.rollback();
    }
    assertThat(keepMonths("2040-11-15")).isEqualTo(4);
  }

  @Test
  void a_caller_reads_their_attempts_of_every_month_and_of_no_other_business() throws SQLException {
    keepMonths("2040-11-15");
    attempt(BAKERY, "2040-11-15 12:00:00Z");
    attempt(BAKERY, "2026-03-01 12:00:00Z");
    attempt(BAKERY, "2090-03-01 12:00:00Z");
    attempt(NEIGHBOUR, "2040-11-15 12:00:00Z");
    assertThat(
            doors.asCaller(
                Doors.claims(BAKERY), "select business_id from messaging.delivery_attempts"))
        .containsExactly(BAKERY.toString(), BAKERY.toString(), BAKERY.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"first", "other", "2040_11"})
  void nobody_reads_a_month_but_through_the_whole_table(String part) throws SQLException {
    keepMonths("2040-11-15");
    var statement = "select 1 from messaging.delivery_attempts_" + part;
    assertThatThrownBy(() -> doors.asCaller(Doors.claims(BAKERY), statement))
        .hasMessageContaining("permission denied");
    try (var connection = doors.worker.getConnection()) {
      assertThatThrownBy(() -> Doors.ask(connection, statement))
          .hasMessageContaining("permission denied");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 17, 18})
  void attempts_from_before_there_were_months_are_kept(int version) {
    var older = PostgresServer.version(version).emptyDatabase();
    older.run(
        "create role messaging_login login createrole; alter database callback owner to messaging_login");
    older
        .flyway(TestDatabase.LOGIN)
        .repeatableSqlMigrationPrefix("none")
        .target("42")
        .load()
        .migrate();
    addBusinesses(older);
    older.run(insertOf(BAKERY, "2025-01-15 12:00:00Z"));
    older.run(insertOf(BAKERY, "2039-12-15 12:00:00Z"));

    older.migrate(TestDatabase.LOGIN);

    older.run(insertOf(BAKERY, "2039-12-16 12:00:00Z"));
    assertThat(
            older
                .admin()
                .sql(
                    "select id || ' ' || substr(tableoid::regclass::text, 29) from messaging.delivery_attempts order by id")
                .query(String.class)
                .list())
        .containsExactly("1 first", "2 first", "3 first");
  }

  private static void addBusinesses(TestDatabase database) {
    for (var business : List.of(BAKERY, NEIGHBOUR)) {
      database.run(
          """
          insert into public.businesses (id, name) values ('%1$s', 'Business');
          insert into public.messages (id, business_id, contact_name) values ('%1$s', '%1$s', 'Ada');
          insert into messaging.deliveries
            (id, business_id, cause, message_id, channel, target_id, state, next_attempt_at, created_at, updated_at)
          values ('%1$s', '%1$s', 'lead', '%1$s', 'email', '%1$s', 'sent', now(), now(), now())
          """
              .formatted(business));
    }
  }

  private int keepMonths(String day) {
    var values = Map.of("bean:now?method=moment", day + "T12:00:00Z");
    return (int)
        StatementFile.of("keep-months").run(doors.upkeep, values).get(0).get("keep_months");
  }

  private void attempt(UUID business, String startedAt) {
    doors.run(insertOf(business, startedAt));
  }

  private static String insertOf(UUID business, String startedAt) {
    return """
        insert into messaging.delivery_attempts (delivery_id, business_id, attempt, started_at, duration_ms, outcome)
        values ('%1$s', '%1$s', 1, '%2$s', 12, 'accepted')
        """
        .formatted(business, startedAt);
  }

  private List<String> parts() {
    return names(
        "select substr(relname, 19) from pg_class where relispartition and relkind = 'r' order by 1");
  }

  private List<String> partsWithAttempts() {
    return names(
        "select distinct substr(tableoid::regclass::text, 29) from messaging.delivery_attempts order by 1");
  }

  private int attempts() {
    return doors
        .admin
        .sql("select count(*) from messaging.delivery_attempts")
        .query(Integer.class)
        .single();
  }

  private List<String> names(String query) {
    return doors.admin.sql(query).query(String.class).list();
  }
}
