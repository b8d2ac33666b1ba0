package com.callback.messaging.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Properties;

/**
 * How many times the service delivers what the outbox delivers, in a {@link ShortRun}.
 *
 * @param median of the turns
 * @param best of the turns
 */
record Ratio(double median, double best) {

  private static final String FILE = "short-run.properties";
  private static final String KEY = "ratio";

  /** The median that {@code -Pbench} has recorded, if it was run. */
  static OptionalDouble recorded() {
    var file = Path.of("docs", "benchmarks", FILE);
    if (!Files.exists(file)) {
      return OptionalDouble.empty();
    }
    var recorded = new Properties();
    try (var in = Files.newInputStream(file)) {
      recorded.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return OptionalDouble.of(Double.parseDouble(recorded.getProperty(KEY)));
  }

  /** Records the median. */
  void write(Path folder) {
    var text =
        """
        # Leads per second that the service delivers, divided by those of the outbox, seconds after a start.
        # Written by ./mvnw verify -Pbench %s; RatioIT fails below half of it.
        %s=%s
        """
            .formatted(Machine.text(), KEY, String.format(Locale.ROOT, "%.2f", median));
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(FILE), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
