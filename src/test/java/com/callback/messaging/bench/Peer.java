package com.callback.messaging.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.callback.messaging.process.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program in Node that does the same work, in a process of its own. */
final class Peer implements Running {

  /** The funnel whose leads nobody sends. */
  static final String WAITING = "waiting";

  static final String BOTH = "both";

  private static final Path SOURCE = Path.of("src", "test", "bench", "peers");
  private static final Path FOLDER = Path.of("target", "bench-peers");
  private static final int INSTALL_MINUTES = 5;

  /** What there is, in the order in which it is measured. */
  enum Kind {
    OUTBOX("outbox", "Fastify + outbox", "outbox.js", 64),
    WIDE_OUTBOX("wide_outbox", "Fastify + outbox, 256 connections", "outbox.js", 256),
    PG_BOSS("pg_boss", "Fastify + pg-boss", "pg-boss.js", 64);

    final String database;
    final String title;
    private final String program;
    private final int connections;

    Kind(String database, String title, String program, int connections) {
      this.database = database;
      this.title = title;
      this.program = program;
      this.connections = connections;
    }
  }

  private final Process process;
  private final int port;

  private Peer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Whether Node and npm are installed. */
  static boolean isPossible() {
    return List.of("node", "npm").stream().allMatch(Peer::isInstalled);
  }

  /** Without Node and npm a test is left out, but on CI it fails. */
  static void require() {
    if ("true".equals(System.getenv("CI"))) {
      assertThat(isPossible()).as("Node and npm are installed").isTrue();
    }
    assumeTrue(isPossible(), "There is no Node, or no npm");
  }

  /** Fetches the packages that these programs need, once. */
  static void install() {
    try {
      Files.createDirectories(FOLDER);
      try (var files = Files.list(SOURCE)) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          Files.copy(
              file,
              FOLDER.resolve(file.getFileName()),
              StandardCopyOption.REPLACE_EXISTING,
              StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
      var installed = FOLDER.resolve("node_modules/.package-lock.json").toFile();
      if (installed.lastModified() < FOLDER.resolve("package-lock.json").toFile().lastModified()) {
        run("npm", "ci", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts one; its packages are {@link #install installed}. */
  static Peer launch(Kind kind, Database database, ReceiverProcess receiver) {
    var port = ServiceProcess.freePort();
    var command = new ProcessBuilder("node", kind.program).directory(FOLDER.toFile());
    var environment = command.environment();
    environment.put("NODE_ENV", "production");
    environment.put("PORT", Integer.toString(port));
    environment.put("CONNECTIONS", Integer.toString(kind.connections));
    environment.put(
        "DATABASE_URL",
        "postgres://postgres@127.0.0.1:%d/%s".formatted(database.port(), kind.database));
    environment.put("WEBHOOK_URL", receiver.webhook());
    environment.put("SMS_URL", receiver.sms() + "/v2/sms");
    try {
      return new Peer(
          command.redirectOutput(Redirect.DISCARD).redirectError(Redirect.INHERIT).start(), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  private static boolean isInstalled(String program) {
    try {
      return new ProcessBuilder(program, "--version")
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

  private static void run(String... command) throws IOException {
    var said = FOLDER.resolve("npm.log");
    var process =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      if (!process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(Files.readString(said));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
