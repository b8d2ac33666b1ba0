package com.callback.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents that name a file, a table or a class which is not there lead their readers astray. */
class DocumentsTest {

  private static final Path DOCS = Path.of("docs");
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:|mailto:|#)([^)#\\s]+)");
  private static final Pattern NAMED = Pattern.compile("`([^`\\s]+)`");
  private static final Pattern TABLE = Pattern.compile("(messaging|public)\\.[a-z_]+");
  private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z]+[a-z]");
  private static final Pattern STATEMENT = Pattern.compile("[a-z-]+\\.sql");
  private static final Pattern YAML_FILE = Pattern.compile("[a-z-]+\\.yaml");
  private static final Pattern CREATED =
      Pattern.compile("create table (?:if not exists )?([a-z]+\\.[a-z_]+)");
  private static final Pattern DROPPED =
      Pattern.compile("drop table (?:if exists )?([a-z]+\\.[a-z_]+)");

  static Stream<Path> documents() throws IOException {
    var top =
        Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md").map(Path::of);
    return Stream.concat(top, filesBelow(DOCS, ".md"));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void links_of_a_document_lead_to_files_that_exist(Path document) throws IOException {
    assertThat(LINK.matcher(Files.readString(document)).results().map(link -> link.group(1)))
        .allSatisfy(link -> assertThat(document.resolveSibling(link)).exists());
  }

  @Test
  void the_index_lists_every_guide() throws IOException {
    var index = Files.readString(DOCS.resolve("README.md"));
    try (var guides = Files.list(DOCS)) {
      assertThat(guides.map(guide -> guide.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".md") && !name.equals("README.md"))
          .allSatisfy(name -> assertThat(index).contains("(" + name + ")"));
    }
  }

  @Test
  void the_readme_has_at_most_120_lines() throws IOException {
    assertThat(Files.readAllLines(Path.of("README.md"))).hasSizeLessThanOrEqualTo(120);
  }

  @Test
  void the_glossary_names_tables_that_a_migration_creates() throws IOException {
    assertThat(namedInTheGlossary(TABLE)).isNotEmpty().isSubsetOf(tables());
  }

  @Test
  void the_glossary_names_types_and_files_that_exist() throws IOException {
    var routeFiles = namesBelow("routes", ".yaml");
    assertThat(namedInTheGlossary(TYPE))
        .isNotEmpty()
        .isSubsetOf(namesBelow("src/main/java", ".java"));
    assertThat(namedInTheGlossary(STATEMENT)).isNotEmpty().isSubsetOf(namesBelow("routes", ".sql"));
    assertThat(namedInTheGlossary(YAML_FILE))
        .isNotEmpty()
        .allMatch(name -> Files.exists(Path.of("config", name)) || routeFiles.contains(name));
  }

  private static Set<String> namedInTheGlossary(Pattern kind) throws IOException {
    return NAMED
        .matcher(Files.readString(DOCS.resolve("glossary.md")))
        .results()
        .map(name -> name.group(1))
        .filter(name -> kind.matcher(name).matches())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> tables() throws IOException {
    var tables = new TreeSet<String>();
    for (var migration : filesBelow(Path.of("src/main/resources/db"), ".sql").sorted().toList()) {
      var text = Files.readString(migration);
      CREATED.matcher(text).results().map(table -> table.group(1)).forEach(tables::add);
      DROPPED.matcher(text).results().map(table -> table.group(1)).forEach(tables::remove);
    }
    return tables;
  }

  private static Set<String> namesBelow(String folder, String ending) throws IOException {
    return filesBelow(Path.of(folder), ending)
        .map(file -> file.getFileName().toString().replaceFirst("\\.java$", ""))
        .collect(Collectors.toSet());
  }

  private static Stream<Path> filesBelow(Path folder, String ending) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList().stream();
    }
  }
}
