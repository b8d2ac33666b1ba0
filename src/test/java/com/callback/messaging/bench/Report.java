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

  private static final Path FILE = Path.of("docs", "benchmarks", "README.md");

  private final List<String> lines = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();

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

  void write(String databaseVersion) {
    var text =
        """
        # What one small machine reaches

        Written by `./mvnw verify -Pbench` on %s: %d cores, JDK %s, PostgreSQL %s with fsync and synchronous_commit on. Database,
        service, receiver and load generator share the cores. The service runs with room for 256 calls per channel and host, otherwise
        its default settings, and 320 MB of heap; the receiver stands for webhook subscriptions and for the SMS provider. Every lead is checked: it was accepted, and it arrived.
        `-Dbench.only=a,c` runs parts of it, `-Dbench.warm-up=20` (seconds) shortens it, `-Dbench.compare=false` leaves pg-boss out.
        """
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().feature(),
                databaseVersion);
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, text + String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.out.println("\nWritten to " + FILE);
  }
}
