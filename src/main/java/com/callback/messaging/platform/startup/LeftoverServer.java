package com.callback.messaging.platform.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL that still runs on a data folder though the process that started it was killed. Only
 * whoever has claimed the folder may stop it.
 */
final class LeftoverServer {
  private static final int FAST_SHUTDOWN_SECONDS = 8;
  private static final int IMMEDIATE_SHUTDOWN_SECONDS = 4;

  private LeftoverServer() {}

  /** Ends the server on this data folder, if there is one, and returns when it is gone. */
  static void stop(Path pgData) {
    find(pgData).ifPresent(LeftoverServer::end);
  }

  static Optional<ProcessHandle> find(Path pgData) {
    List<String> lines = lines(pgData.resolve("postmaster.pid"));
    if (lines.size() < 2 || !lines.get(0).matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0)))
        .filter(LeftoverServer::runs)
        .filter(process -> serves(process, lines.get(1)));
  }

  /** After a reboot the same number may belong to any process, even to another PostgreSQL. */
  private static boolean serves(ProcessHandle process, String folder) {
    boolean postgres =
        process
            .info()
            .command()
            .map(command -> Path.of(command).getFileName().toString())
            .filter(name -> name.startsWith("postgres"))
            .isPresent();
    boolean other =
        process
            .info()
            .arguments()
            .filter(arguments -> Arrays.stream(arguments).noneMatch(folder::equals))
            .isPresent();
    return postgres && !other;
  }

  /** Ends this server in the gentlest way that works; does nothing when it is gone. */
  static void end(ProcessHandle server) {
    // SIGTERM would wait for clients to leave by themselves.
    if (!runs(server)
        || ended(server, "INT", FAST_SHUTDOWN_SECONDS)
        || ended(server, "QUIT", IMMEDIATE_SHUTDOWN_SECONDS)) {
      return;
    }
    server.destroyForcibly();
    ends(server, IMMEDIATE_SHUTDOWN_SECONDS);
  }

  private static boolean ended(ProcessHandle server, String signal, int seconds) {
    return signal(server, signal) && ends(server, seconds);
  }

  private static boolean signal(ProcessHandle server, String signal) {
    try {
      // Java sends SIGTERM and SIGKILL only; "kill" is built into every shell.
      return new ProcessBuilder("sh", "-c", "kill -" + signal + " " + server.pid())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean ends(ProcessHandle server, int seconds) {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try {
      while (runs(server) && System.nanoTime() < limit) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !runs(server);
  }

  /** An ended process counts as alive until its parent has noticed, but has no program any more. */
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }
}
