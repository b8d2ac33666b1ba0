package com.callback.messaging.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a process and its children use, read from {@code /proc}; NaN where there is none. */
final class Usage {

  private static final double MILLIS_PER_TICK = 10;
  private static final int USER_TIME = 11;
  private static final int REAPED_TIME_END = 15;

  private final ProcessHandle process;

  Usage(long pid) {
    this.process = ProcessHandle.of(pid).orElseThrow();
  }

  /** Processor time so far, in milliseconds, with that of children that have ended. */
  double cpuMillis() {
    return all().mapToDouble(Usage::cpuMillis).sum();
  }

  /** Memory in MiB; what processes share is counted once. */
  double memory() {
    return all().mapToDouble(Usage::memory).sum();
  }

  private Stream<ProcessHandle> all() {
    return Stream.concat(Stream.of(process), process.children());
  }

  private static double cpuMillis(ProcessHandle process) {
    try {
      var stat = Files.readString(Path.of("/proc", "" + process.pid(), "stat"));
      // The name of the program is in brackets and may hold spaces.
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      var ticks = 0L;
      for (var field = USER_TIME; field < REAPED_TIME_END; field++) {
        ticks += Long.parseLong(fields[field]);
      }
      return ticks * MILLIS_PER_TICK;
    } catch (IOException e) {
      return process.isAlive() ? Double.NaN : 0;
    }
  }

  private static double memory(ProcessHandle process) {
    try (var lines = Files.lines(Path.of("/proc", "" + process.pid(), "smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")) / 1_024)
          .sum();
    } catch (IOException e) {
      return process.isAlive() ? Double.NaN : 0;
    }
  }
}
