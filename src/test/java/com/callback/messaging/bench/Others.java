package com.callback.messaging.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Processor time that went to anything but what is measured, since this was made. */
final class Others {

  private static final double MILLIS_PER_TICK = 10;

  /** In the first line of {@code /proc/stat}: user, nice, system, irq, softirq. */
  private static final int[] BUSY = {1, 2, 3, 6, 7};

  private final List<Usage> measured;
  private final double before;
  private final long begun = System.nanoTime();

  Others(List<Usage> measured) {
    this.measured = measured;
    this.before = millis();
  }

  /** How many cores they have used on average; NaN where there is no {@code /proc}. */
  double cores() {
    return Math.max(0, (millis() - before) * 1e6 / (System.nanoTime() - begun));
  }

  private double millis() {
    return busyMillis() - measured.stream().mapToDouble(Usage::cpuMillis).sum();
  }

  private static double busyMillis() {
    try (var lines = Files.lines(Path.of("/proc/stat"))) {
      var fields = lines.findFirst().orElseThrow().split(" +");
      return MILLIS_PER_TICK
          * IntStream.of(BUSY).mapToLong(field -> Long.parseLong(fields[field])).sum();
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
