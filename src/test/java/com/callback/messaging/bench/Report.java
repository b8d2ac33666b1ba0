package com.callback.messaging.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Says each figure as it comes, and writes all of them down at the end. */
final class Report {

  private final List<String> lines = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private final Comparison comparison = new Comparison();

  /** What follows is of this one. */
  void contestant(String name) {
    comparison.contestant(name);
  }

  /** Begins a part with a title and a sentence. */
  void part(String title, String meaning) {
    lines.addAll(
        List.of(
            "",
            "## " + title,
            "",
            meaning,
            "",
            "| figure | median (lowest to highest round) |",
            "|---|---|"));
    System.out.printf("%n%s%n", title);
  }

  void figure(Figure figure) {
    row(figure.name(), figure.text());
  }

  /**
   * A figure that contestants are compared by.
   *
   * @param what it is, in the table that compares
   */
  void compared(Figure figure, String what) {
    figure(figure);
    comparison.add(what, figure.median());
  }

  void row(String name, String value) {
    lines.add("| %s | %s |".formatted(name, value));
    System.out.printf("  %-58s %s%n", name, value);
  }

  /** Remembers what must not be, so that a run goes on to its end and fails then. */
  void require(boolean holds, String what) {
    if (!holds) {
      broken.add(what);
    }
  }

  List<String> broken() {
    return broken;
  }

  /** What stands under no heading of figures, such as a query plan. */
  void text(String text) {
    lines.add(text);
  }

  /**
   * Writes all of it down.
   *
   * @param intro what stands above the first part
   */
  void write(Path file, String intro) {
    var ratios = comparison.table();
    System.out.println("\n" + ratios);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, intro + ratios + String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.out.println("\nWritten to " + file);
  }

  /** When and where this was, as far as it matters for figures. */
  static String machine(String databaseVersion) {
    return "on %s: %d cores, JDK %s, PostgreSQL %s"
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            Runtime.getRuntime().availableProcessors(),
            Runtime.version().feature(),
            databaseVersion);
  }
}
