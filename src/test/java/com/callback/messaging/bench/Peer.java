package com.callback.messaging.bench;

import com.callback.messaging.process.ServiceProcess;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A program in Node that does the same work, in a process of its own. */
final class Peer implements AutoCloseable {

  static final String WAITING = "waiting";
  static final String BOTH = "both";

  private static final Path SOURCE = Path.of("src", "test", "bench", "peers");
  private static final int START_SECONDS = 60;

  /** What there is, in the order in which it is measured. */
  enum Kind {
    OUTBOX("outbox", "Fastify and a hand-written outbox", "outbox.js"),
    PG_BOSS("pg_boss", "Fastify and pg-boss", "pg-boss.js");

    final String database;
    final String title;
    private final String program;

    Kind(String database, String title, String program) {
      this.database = database;
      this.title = title;
      this.program = program;
    }
  }

  private final Process process;
  private final int port;

  private Peer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static boolean isPossible() {
    return succeeds("node", "--version") && succeeds("npm", "--version");
  }

  /**
   * Starts one and returns once it listens.
   *
   * @param folder an empty one
   */
  static Peer start(Kind kind, Path folder, Database database, ReceiverProcess receiver)
      throws IOException {
    try (var files = Files.list(SOURCE)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    run(folder, "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error");
    var port = ServiceProcess.freePort();
    var command = new ProcessBuilder("node", kind.program).directory(folder.toFile());
    var environment = command.environment();
    environment.put("NODE_ENV", "production");
    environment.put("PORT", Integer.toString(port));
    environment.put(
        "DATABASE_URL",
        "postgres://postgres@127.0.0.1:%d/%s".formatted(database.port(), kind.database));
    environment.put("WEBHOOK_URL", receiver.webhook());
    environment.put("SMS_URL", receiver.sms() + "/v2/sms");
    var peer = new Peer(command.redirectError(Redirect.INHERIT).start(), port);
    peer.awaitReady();
    return peer;
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  private void awaitReady() {
    for (var tries = 0; tries < START_SECONDS * 10 && process.isAlive(); tries++) {
      try (var socket = new Socket("127.0.0.1", port)) {
        return;
      } catch (IOException e) {
        Pause.millis(100);
      }
    }
    close();
    throw new IllegalStateException("The program to compare with did not start");
  }

  private static boolean succeeds(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void run(Path folder, String... command) throws IOException {
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("npm.log").toFile())
            .start();
    try {
      if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(Files.readString(folder.resolve("npm.log")));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
