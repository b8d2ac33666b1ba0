package com.callback.messaging.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever upgrades reads in one file what changes, and what it asks of them. */
class ChangelogTest {

  private static final Pattern MIGRATION = Pattern.compile("V(\\d+)__.*");

  /** The first migration since operators are told of each. */
  private static final int FIRST_TOLD = 27;

  private final String changelog = Files.readString(Path.of("CHANGELOG.md"));

  ChangelogTest() throws IOException {}

  static List<Integer> migrations() throws IOException {
    try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
      return files
          .map(file -> MIGRATION.matcher(file.getFileName().toString()))
          .filter(name -> name.matches())
          .map(name -> Integer.valueOf(name.group(1)))
          .filter(version -> version >= FIRST_TOLD)
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("migrations")
  void a_migration_is_explained_to_operators(int version) {
    assertThat(changelog).containsPattern("\\bV" + version + "\\b");
  }

  @Test
  void a_release_has_the_sections_of_keep_a_changelog() {
    assertThat(changelog).startsWith("# Changelog").contains("keepachangelog.com", "## Unreleased");
    assertThat(Pattern.compile("(?m)^### (.+)$").matcher(changelog).results())
        .extracting(heading -> heading.group(1))
        .isSubsetOf(
            "Added",
            "Changed",
            "Deprecated",
            "Removed",
            "Fixed",
            "Security",
            // What to do at an upgrade.
            "For operators");
  }
}
