package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The guide to what the database does by itself is complete. */
class WhatTheDatabaseDoesTest {

  private static final String GUIDE = TestDatabase.read("docs/what-the-database-does.md");
  private static final String INDEXES = TestDatabase.read("docs/indexes.md");
  private static final Pattern INDEX = Pattern.compile("(?m)^\\| `(\\w+)` \\|(.*)$");
  private static final Pattern LINK = Pattern.compile("\\]\\(\\.\\./([^)]+)\\)");
  private static final Pattern SECTION =
      Pattern.compile("(?ms)^\\*\\*(.+?)\\*\\*$(.*?)(?=^\\*\\*|^In what)");

  private static TestDatabase database;

  @BeforeAll
  static void migrate() {
    database = TestDatabase.upToDate();
  }

  @Test
  void the_guide_names_every_trigger_at_its_table_with_its_file() {
    assertThat(
            lines(
                """
                select n.nspname || '.' || c.relname || ' ' || t.tgname || ' ' || p.proname
                from pg_trigger t
                join pg_class c on c.oid = t.tgrelid
                join pg_namespace n on n.oid = c.relnamespace
                join pg_proc p on p.oid = t.tgfoid
                where not t.tgisinternal and n.nspname in ('messaging', 'public')
                """))
        .allSatisfy(
            line -> {
              var trigger = line.split(" ");
              assertThat(sections(trigger[0]))
                  .as("docs/what-the-database-does.md: trigger %s on %s", trigger[1], trigger[0])
                  .anySatisfy(
                      section ->
                          assertThat(section)
                              .containsPattern(
                                  "\\| `%s` \\|.*/R__%s\\.sql\\)"
                                      .formatted(trigger[1], trigger[2])));
            });
  }

  @Test
  void the_guide_names_every_function_that_a_policy_or_a_column_calls() {
    assertThat(
            lines(
                """
                select distinct p.proname
                from pg_depend d
                join pg_proc p on p.oid = d.refobjid and d.refclassid = 'pg_proc'::regclass
                where d.classid in ('pg_policy'::regclass, 'pg_attrdef'::regclass)
                  and p.pronamespace = 'messaging'::regnamespace
                """))
        .allSatisfy(function -> assertThat(GUIDE).contains("/R__%s.sql)".formatted(function)));
  }

  @Test
  void each_index_stands_with_the_statement_that_needs_it_and_no_other_is_there() {
    assertThat(INDEX.matcher(INDEXES).results().map(row -> row.group(1)))
        .as("docs/indexes.md: what needs the index? Drop it where nothing does")
        .containsExactlyInAnyOrderElementsOf(
            lines(
                """
                select c.relname
                from pg_index i
                join pg_class c on c.oid = i.indexrelid
                join pg_class t on t.oid = i.indrelid
                where not i.indisprimary and not t.relispartition
                  and t.relnamespace in ('messaging'::regnamespace, 'public'::regnamespace)
                  and t.oid <> 'messaging.schema_history'::regclass
                """));
  }

  @Test
  void each_statement_that_needs_an_index_names_its_table() {
    assertThat(INDEX.matcher(INDEXES).results())
        .allSatisfy(
            row ->
                assertThat(LINK.matcher(row.group(2)).results().map(link -> link.group(1)))
                    .as("docs/indexes.md: what %s is for", row.group(1))
                    .allSatisfy(
                        file ->
                            assertThat(TestDatabase.read(file))
                                .as(file)
                                .contains(tableOf(row.group(1)))));
  }

  private static String tableOf(String index) {
    return lines(
            "select t.relname from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid where c.relname = '%s'"
                .formatted(index))
        .get(0);
  }

  private static List<String> sections(String table) {
    return SECTION
        .matcher(GUIDE)
        .results()
        .filter(section -> List.of(section.group(1).split(" ")).contains(table))
        .map(section -> section.group(2))
        .toList();
  }

  private static List<String> lines(String query) {
    return database.admin().sql(query).query(String.class).list();
  }
}
