package com.callback.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts for people use the terms of docs/glossary.md, not the words that these have replaced. */
class PlainWordsTest {

  private static final Pattern REPLACED =
      Pattern.compile(
          "\\b(far ends?|mend(ed|s)?|whoever|signs? of life|owe[ds]?|(is|are|been|was|were) told"
              + "|come again|ask again|as of Standard Webhooks"
              + "|(webhook|signed|held) calls?)\\b",
          Pattern.CASE_INSENSITIVE);

  /** Names in routes and statements that terms of the glossary have replaced. */
  private static final Pattern REPLACED_NAMES =
      Pattern.compile(
          "(variable\\.|name: |ref: |bean:)(asked|guard|grants|room|calls|settlements|suspicion|feeds)\\b"
              + "|(ref: |bean:)receipts\\b"
              + "|method: \"?(asked|guard|grant|room|judged|kept|tell|told|beat)\\b"
              + "|\\b(asked|judged|told|settled|called|granted) as( materialized)? \\(|settle-");

  /** Names of variables, columns and settings are not texts. */
  private static final Pattern NAMES = Pattern.compile("`[^`\n]*`|\\{\\{.*?}}");

  private static final Pattern IN_JAVA =
      Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)* (?:[^\"\\\\\n]|\\\\.)*)\"");

  /** The glossary quotes them; the others are written by the runs that measure. */
  private static final Set<Path> EXEMPT =
      Set.of(
          Path.of("docs/glossary.md"),
          Path.of("docs/chaos.md"),
          Path.of("docs/benchmarks/dashboard.md"),
          Path.of("docs/benchmarks/inbox.md"));

  static Stream<Path> texts() throws IOException {
    var documents = Stream.of("README.md", "SECURITY.md").map(Path::of);
    return Stream.of(
            documents,
            filesBelow("docs", ".md"),
            filesBelow("config", ".yaml"),
            filesBelow("config", ".mustache"))
        .flatMap(files -> files)
        .filter(file -> !EXEMPT.contains(file));
  }

  static Stream<Path> screens() throws IOException {
    return Stream.concat(
        filesBelow("src/main/web/dashboard/src", "texts.ts"),
        filesBelow("src/main/web/widget/src", "texts.ts"));
  }

  static Stream<Path> routes() throws IOException {
    return Stream.concat(filesBelow("routes", ".yaml"), filesBelow("routes", ".sql"));
  }

  static Stream<Path> sources() throws IOException {
    return filesBelow("src/main/java", ".java");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void a_text_uses_the_terms_of_the_glossary(Path text) throws IOException {
    assertThat(replacedIn(Files.readString(text))).isEmpty();
  }

  /** There a backtick begins a text with a value in it. */
  @ParameterizedTest
  @MethodSource("screens")
  void a_text_on_a_screen_uses_the_terms_of_the_glossary(Path screen) throws IOException {
    assertThat(replacedIn(Files.readString(screen).replace('`', '"'))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("sources")
  void a_problem_text_uses_the_terms_of_the_glossary(Path source) throws IOException {
    assertThat(
            IN_JAVA
                .matcher(Files.readString(source))
                .results()
                .flatMap(text -> replacedIn(text.group(1)).stream()))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("routes")
  void a_name_in_a_route_or_statement_is_a_term_of_the_glossary(Path file) throws IOException {
    assertThat(REPLACED_NAMES.matcher(Files.readString(file)).results())
        .extracting(MatchResult::group)
        .isEmpty();
  }

  private static List<String> replacedIn(String text) {
    return REPLACED
        .matcher(NAMES.matcher(text).replaceAll(""))
        .results()
        .map(word -> word.group())
        .toList();
  }

  private static Stream<Path> filesBelow(String folder, String ending) throws IOException {
    try (var files = Files.walk(Path.of(folder))) {
      return files.filter(file -> file.toString().endsWith(ending)).toList().stream();
    }
  }
}
