package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema comes up, and the service works with it, whatever the version and the login. */
class MigrationsTest {

  private static final String LOGIN = TestDatabase.LOGIN;
  private static final Path FILES = Path.of("src/main/resources/db/migration");

  @ParameterizedTest
  @ValueSource(ints = {15, 17, 18})
  void a_superuser_brings_an_empty_database_up_to_date_once(int version) throws IOException {
    var database = PostgresServer.version(version).emptyDatabase();

    assertThat(database.migrate(TestDatabase.SUPERUSER).migrationsExecuted).isEqualTo(migrations());
    assertThat(database.migrate(TestDatabase.SUPERUSER).migrationsExecuted).isZero();

    assertThat(
            database
                .admin()
                .sql("select current_setting('server_version_num')::int / 10000")
                .query(Integer.class)
                .single())
        .isEqualTo(version);
    works(database, TestDatabase.SUPERUSER);
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 17, 18})
  void a_login_that_may_create_roles_needs_no_administrator(int version) {
    var database = PostgresServer.version(version).emptyDatabase();
    database.run(
        "create role messaging_login login createrole;"
            + "grant create on database callback to messaging_login;"
            + "grant create on schema public to messaging_login");

    database.migrate(LOGIN);

    works(database, LOGIN);
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 17, 18})
  void the_owner_of_the_database_needs_no_right_but_to_create_roles(int version) {
    var database = PostgresServer.version(version).emptyDatabase();
    database.run(
        "create role messaging_login login createrole;"
            + "alter database callback owner to messaging_login");

    database.migrate(LOGIN);

    works(database, LOGIN);
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 17, 18})
  void an_ordinary_login_works_after_an_administrator_ran_the_roles_file(int version) {
    var database = PostgresServer.version(version).emptyDatabase();
    database.run("create role messaging_login login; revoke all on schema public from public");
    administratorRunsRolesFile(database);

    database.migrate(LOGIN);

    works(database, LOGIN);
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 17, 18})
  void the_roles_file_serves_a_second_database_of_a_server_too(int version) {
    var database = PostgresServer.version(version).emptyDatabase();
    database.run("create role somebody login createrole");
    database.run(
        "grant create on database callback to somebody; grant all on schema public to somebody");
    database.migrate("somebody");
    database.run("create database second");
    database.run("create role messaging_login login createrole");

    var second = new TestDatabase(database.url().replace("/callback", "/second"));
    second.run(rolesFile().replace("database postgres", "database second"));
    second.migrate(LOGIN);

    works(second, LOGIN);
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 17, 18})
  void an_ordinary_login_is_told_what_an_administrator_has_to_run(int version) {
    var database = PostgresServer.version(version).emptyDatabase();
    database.run(
        "create role messaging_login login; grant create on database callback to messaging_login");

    assertThatThrownBy(() -> database.migrate(LOGIN))
        .hasMessageContaining(
            "The database login \"messaging_login\" may not create the role \"anon\": let an administrator run docs/sql/roles.sql once, then start again");

    administratorRunsRolesFile(database);
    database.migrate(LOGIN);
    works(database, LOGIN);
  }

  @Test
  void a_right_that_is_missing_later_is_told_by_the_server_and_can_be_made_up_for() {
    var database = PostgresServer.version(PostgresServer.OURS).emptyDatabase();
    database.run(
        "create role messaging_login login createrole; grant create on database callback to messaging_login");

    assertThatThrownBy(() -> database.migrate(LOGIN))
        .rootCause()
        .hasMessageContaining("permission denied for schema public")
        .hasFieldOrPropertyWithValue("SQLState", "42501");

    administratorRunsRolesFile(database);
    database.migrate(LOGIN);
    works(database, LOGIN);
  }

  @Test
  void roles_that_another_login_made_have_to_be_granted_by_an_administrator() {
    var database = PostgresServer.version(PostgresServer.OURS).emptyDatabase();
    database.run(
        """
        create role messaging_worker nologin noinherit;
        create role messaging_login login createrole;
        alter database callback owner to messaging_login
        """);

    assertThatThrownBy(() -> database.migrate(LOGIN))
        .hasMessageContaining(
            "The database login \"messaging_login\" may not act as the role \"messaging_worker\": let an administrator run docs/sql/roles.sql once, then start again");

    administratorRunsRolesFile(database);
    database.migrate(LOGIN);
    works(database, LOGIN);
  }

  /** pg_dump makes a table before a function of which it does not know that the table calls it. */
  @Test
  void a_dump_knows_all_functions_that_a_column_calls() {
    var database = PostgresServer.version(PostgresServer.OURS).emptyDatabase();
    database.migrate(TestDatabase.SUPERUSER);
    assertThat(
            database
                .admin()
                .sql(
                    """
                    with recursive called as (
                      select d.refobjid as id from pg_depend d
                      where d.classid = 'pg_attrdef'::regclass and d.refclassid = 'pg_proc'::regclass
                      union
                      select d.refobjid from pg_depend d join called on called.id = d.objid
                      where d.classid = 'pg_proc'::regclass and d.refclassid = 'pg_proc'::regclass
                    )
                    select p.proname from called join pg_proc p on p.oid = called.id
                    where p.prosqlbody is null and p.prosrc like '%messaging.%'
                    """)
                .query(String.class)
                .list())
        .isEmpty();
  }

  private static int migrations() throws IOException {
    try (var files = Files.walk(FILES)) {
      return (int)
          files
              .filter(file -> file.getFileName().toString().matches("(V\\d+|R)__.*\\.sql"))
              .count();
    }
  }

  private static void administratorRunsRolesFile(TestDatabase database) {
    database.run(rolesFile().replace("database postgres", "database callback"));
  }

  private static String rolesFile() {
    return TestDatabase.read("docs/sql/roles.sql");
  }

  private static void works(TestDatabase database, String login) {
    try (var doors = new Doors(database, login)) {
      WholeWay.seedDemo(doors);
      WholeWay.of(doors, WholeWay.DEMO_FUNNEL);
    }
  }
}
