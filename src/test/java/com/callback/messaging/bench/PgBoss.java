package com.callback.messaging.bench;

import com.callback.messaging.process.ServiceProcess;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Fastify and pg-boss doing the same work, in a process of its own. */
final class PgBoss implements AutoCloseable {

  static final String WAITING = "waiting";
  static final String BOTH = "both";

  private static final Path SOURCE = Path.of("src", "test", "bench", "pg-boss");
  private static final int START_SECONDS = 60;

  private final Process process;
  private final int port;

  private PgBoss(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static boolean isPossible() {
    return succeeds("node", "--version") && succeeds("npm", "--version");
  }

  static PgBoss start(Path folder, Database database, ReceiverProcess receiver) throws IOException {
    for (var file : List.of("package.json", "package-lock.json", "server.js")) {
      Files.copy(SOURCE.resolve(file), folder.resolve(file));
    }
    run(folder, "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error");
    var port = ServiceProcess.freePort();
    var command = new ProcessBuilder("node", "server.js").directory(folder.toFile());
    var environment = command.environment();
    environment.put("NODE_ENV", "production");
    environment.put("PORT", Integer.toString(port));
    environment.put(
        "DATABASE_URL",
        "postgres://postgres@127.0.0.1:%d/%s".formatted(database.port(), Database.PG_BOSS));
    environment.put("WEBHOOK_URL", receiver.webhook());
    environment.put("SMS_URL", receiver.sms() + "/v2/sms");
    var server = new PgBoss(command.redirectError(Redirect.INHERIT).start(), port);
    server.awaitReady();
    return server;
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
    throw new IllegalStateException("The pg-boss program did not start");
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
