package com.callback.messaging.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says each figure as it comes, and writes all of them down at the end. */
final class Report {

  private final List<String> lines = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private final Map<String, String> pictures = new LinkedHashMap<>();

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

  /** A part whose figures stand side by side. */
  void table(String title, String meaning, Table table) {
    lines.addAll(List.of("", "## " + title, "", meaning, ""));
    lines.addAll(table.lines());
    System.out.printf("%n%s%n%s%n", title, String.join("\n", table.lines()));
  }

  /** A picture beside the last part, in a file of its own. */
  void picture(String file, String alternative, String svg) {
    lines.addAll(List.of("", "![%s](%s)".formatted(alternative, file)));
    pictures.put(file, svg);
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

  /** As {@link #require}, of each figure of these rows. */
  void requireZero(Table table, String... rows) {
    for (var row : rows) {
      for (var name : table.names()) {
        require(table.isZero(row, name), "%s, %s".formatted(name, row));
      }
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
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, intro + String.join("\n", lines) + "\n");
      for (var picture : pictures.entrySet()) {
        Files.writeString(file.resolveSibling(picture.getKey()), picture.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.out.println("\nWritten to " + file);
  }
}
