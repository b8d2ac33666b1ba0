package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the database does by itself can be found: each function and trigger has its file. */
class FunctionFilesTest {

  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
  private static final String FUNCTIONS = "src/test/resources/database/functions.sql";

  /** Constants rather than code, which afterMigrate__begin_an_epoch.sql replaces at a start. */
  private static final Set<String> WRITTEN_AT_A_START = Set.of("epoch_start", "epoch_cluster");

  /** Functions have had files of their own since this version. */
  private static final int FIRST_WITHOUT_FUNCTIONS = 40;

  private static final Pattern FUNCTION =
      Pattern.compile("create or replace function messaging\\.(\\w+)\\(");
  private static final Pattern TRIGGER =
      Pattern.compile("(?m)^create or replace trigger (\\w+)[^;]*? on ([\\w.]+)");

  private static List<Path> files;
  private static Map<Path, String> texts;
  private static TestDatabase database;

  @BeforeAll
  static void migrate() {
    files = find("R__");
    texts = files.stream().collect(Collectors.toMap(Function.identity(), FunctionFilesTest::read));
    database = TestDatabase.upToDate();
  }

  @Test
  void every_function_has_one_file() {
    assertThat(
            texts.values().stream()
                .flatMap(text -> matches(FUNCTION, text))
                .map(match -> match.group(1)))
        .as("functions of the files R__*.sql, and functions of the database")
        .containsExactlyInAnyOrderElementsOf(
            lines(
                """
                select p.proname from pg_proc p
                where p.pronamespace in ('messaging'::regnamespace, 'public'::regnamespace)
                  and p.proname <> all (string_to_array('%s', ','))
                """
                    .formatted(String.join(",", WRITTEN_AT_A_START))));
  }

  @Test
  void a_file_is_named_after_its_only_function() {
    assertThat(files)
        .allSatisfy(
            file -> {
              var functions =
                  matches(FUNCTION, texts.get(file)).map(each -> each.group(1)).toList();
              assertThat(functions).as(file.toString()).hasSize(1);
              assertThat(file.getFileName().toString())
                  .matches("R__%s(_[a-z_]+)?\\.sql".formatted(functions.get(0)));
            });
  }

  @Test
  void every_trigger_is_in_the_file_of_the_function_that_it_calls() {
    assertThat(
            texts.values().stream()
                .flatMap(
                    text ->
                        matches(TRIGGER, text)
                            .map(
                                trigger ->
                                    "%s on %s calls %s"
                                        .formatted(
                                            trigger.group(1),
                                            trigger.group(2),
                                            matches(FUNCTION, text)
                                                .findFirst()
                                                .orElseThrow()
                                                .group(1)))))
        .containsExactlyInAnyOrderElementsOf(
            lines(
                """
                select format('%s on %s.%s calls %s', t.tgname, n.nspname, c.relname, p.proname)
                from pg_trigger t
                join pg_class c on c.oid = t.tgrelid
                join pg_namespace n on n.oid = c.relnamespace
                join pg_proc p on p.oid = t.tgfoid
                where not t.tgisinternal and n.nspname in ('messaging', 'public')
                """));
  }

  @Test
  void a_file_opens_with_why_its_function_exists_and_when_it_runs() {
    assertThat(texts)
        .allSatisfy(
            (file, text) ->
                assertThat(text)
                    .as("%s: begin with a comment: why, then \"Runs: …\"", file)
                    .matches(
                        "(?s)(-- (?!Runs: )[^\\n]+\\n)+-- Runs: [^\\n]+\\n(-- [^\\n]+\\n)*\\n.*"));
  }

  @Test
  void a_file_says_who_may_call_its_function() {
    assertThat(texts)
        .allSatisfy(
            (file, text) ->
                assertThat(text)
                    .as("%s: a new function may be called by everybody", file)
                    .containsPattern("(?m)^revoke all on function messaging\\.\\w+\\("));
  }

  @Test
  void an_upgraded_database_has_the_functions_and_triggers_of_a_new_one() {
    var upgraded = PostgresServer.version(PostgresServer.OURS).emptyDatabase();
    upgraded.run(
        "create role messaging_login login createrole; alter database callback owner to messaging_login");
    upgraded.flyway(TestDatabase.LOGIN).repeatableSqlMigrationPrefix("none").load().migrate();
    upgraded.migrate(TestDatabase.LOGIN);
    assertThat(functionsOf(upgraded)).isEqualTo(functionsOf(database));
  }

  /** Without the number of the cluster, which one of them holds. */
  private static List<String> functionsOf(TestDatabase of) {
    return of.admin().sql(TestDatabase.read(FUNCTIONS)).query(String.class).list().stream()
        .map(text -> text.replaceAll("'\\d{15,}'", "'number of the cluster'"))
        .toList();
  }

  @Test
  void a_versioned_migration_replaces_no_function_and_no_trigger() {
    assertThat(find("V"))
        .filteredOn(file -> version(file) >= FIRST_WITHOUT_FUNCTIONS)
        .allSatisfy(
            file ->
                assertThat(read(file))
                    .as("%s: change the file R__*.sql, which is in force on every database", file)
                    .doesNotContainPattern("(?i)create\\s+or\\s+replace\\s+(function|trigger)"));
  }

  private static Stream<MatchResult> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results();
  }

  private static List<String> lines(String query) {
    return database.admin().sql(query).query(String.class).list();
  }

  private static int version(Path file) {
    return Integer.parseInt(file.getFileName().toString().replaceAll("^V(\\d+)__.*", "$1"));
  }

  private static List<Path> find(String prefix) {
    try (var found = Files.walk(MIGRATIONS)) {
      return found
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    return TestDatabase.read(file.toString());
  }
}
