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
  private final boolean withChildren;

  Usage(long pid) {
    this(ProcessHandle.of(pid).orElseThrow(), true);
  }

  private Usage(ProcessHandle process, boolean withChildren) {
    this.process = process;
    this.withChildren = withChildren;
  }

  /** Of the process that measures, without those that it has started. */
  static Usage ofThis() {
    return new Usage(ProcessHandle.current(), false);
  }

  /** Processor time so far, in milliseconds, with that of children that have ended. */
  double cpuMillis() {
    return all().mapToDouble(Usage::cpuMillis).sum();
  }

  /** Memory in MiB; what processes share is counted once. */
  double memory() {
    return all().mapToDouble(one -> mebibytes(one, "smaps_rollup", "Pss:")).sum();
  }

  /** The most memory that was resident since the start, in MiB. */
  double peak() {
    return all().mapToDouble(one -> mebibytes(one, "status", "VmHWM:")).sum();
  }

  private Stream<ProcessHandle> all() {
    return withChildren
        ? Stream.concat(Stream.of(process), process.children())
        : Stream.of(process);
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

  private static double mebibytes(ProcessHandle process, String file, String field) {
    try (var lines = Files.lines(Path.of("/proc", "" + process.pid(), file))) {
      return lines
          .filter(line -> line.startsWith(field))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")) / 1_024)
          .sum();
    } catch (IOException e) {
      return process.isAlive() ? Double.NaN : 0;
    }
  }
}
