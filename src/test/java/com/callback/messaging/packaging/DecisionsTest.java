package com.callback.messaging.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever reads a decision learns whether it still holds, and finds the files that it names. */
class DecisionsTest {

  private static final Path FOLDER = Path.of("docs/decisions");
  private static final Pattern FILE =
      Pattern.compile("[\\w./-]*\\w\\.(?:yaml|sql|java|md|ts|tsx|mjs|css|json|mustache)\\b");
  private static final List<String> SOURCES = List.of("src/main", "src/test", "routes", "config");

  private static final Set<String> NAMES = names();

  static List<Path> decisions() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void a_decision_has_its_number_a_date_and_a_status(Path decision) throws IOException {
    var number = Integer.parseInt(decision.getFileName().toString().substring(0, 4));
    var lines = Files.readAllLines(decision);

    assertThat(lines.get(0)).startsWith("# %d. ".formatted(number));
    assertThat(lines.get(2))
        .matches("Date: \\d{4}-\\d\\d-\\d\\d · Status: (accepted|superseded).*");
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void a_decision_names_files_that_exist(Path decision) throws IOException {
    assertThat(FILE.matcher(Files.readString(decision)).results().map(MatchResult::group))
        .allMatch(DecisionsTest::exists, "exists");
  }

  /** Named from the root, from beside the decision, or by its name alone. */
  private static boolean exists(String file) {
    var name = Path.of(file);
    return Files.exists(name)
        || Files.exists(FOLDER.resolve(file))
        || NAMES.contains(name.getFileName().toString());
  }

  private static Set<String> names() {
    return SOURCES.stream()
        .flatMap(DecisionsTest::files)
        .map(file -> file.getFileName().toString())
        .collect(Collectors.toSet());
  }

  private static Stream<Path> files(String folder) {
    try (var files = Files.walk(Path.of(folder))) {
      return files.filter(file -> !file.toString().contains("node_modules")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
