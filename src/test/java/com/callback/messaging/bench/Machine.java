package com.callback.messaging.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** When, where and of what figures are. */
final class Machine {

  private Machine() {}

  /** The date, the commit, the processor and the JDK. */
  static String text() {
    return "on %s at commit %s: %d cores (%s), JDK %s"
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            commit(),
            Runtime.getRuntime().availableProcessors(),
            processor(),
            Runtime.version().feature());
  }

  static String text(String databaseVersion) {
    return "%s, PostgreSQL %s".formatted(text(), databaseVersion);
  }

  static String nodeVersion() {
    return said("node", "--version");
  }

  /** The commit that was measured, and whether something in the tree differs from it. */
  private static String commit() {
    var changed = said("git", "status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs");
    return said("git", "rev-parse", "--short", "HEAD") + (changed.isEmpty() ? "" : ", changed");
  }

  private static String processor() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  /** The first line that a command writes. */
  private static String said(String... command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return said.lines().findFirst().orElse("");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
