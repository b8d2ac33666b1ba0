package com.callback.messaging.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * The packaged service as an operator runs it: a process of its own in a folder of its own, told
 * what to do by environment variables, ended by signals.
 */
public final class ServiceProcess implements AutoCloseable {

  private static final Duration STARTS_WITHIN = Duration.ofSeconds(300);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(120);

  private static final int PORTS = 3_000;
  private static final int FIRST_PORT = 20_000 + PORTS * (Integer.getInteger("test.fork", 1) - 1);
  // Whatever else tests on this machine begins elsewhere.
  private static final AtomicInteger NEXT_PORT = new AtomicInteger(new Random().nextInt(PORTS));

  private final Path folder;
  private final int port;
  private final Process process;

  private ServiceProcess(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts the service and returns once it is ready.
   *
   * @param folder where it runs; its data folder is below
   */
  public static ServiceProcess start(Path folder, Map<String, String> settings) {
    return start(folder, settings, UnpackedJar.current().arguments());
  }

  /**
   * As {@link #start(Path, Map)}.
   *
   * @param option of the JVM, such as {@code -Xmx1g}
   */
  public static ServiceProcess start(Path folder, Map<String, String> settings, String option) {
    var what = new ArrayList<>(List.of(option));
    what.addAll(UnpackedJar.current().arguments());
    return start(folder, settings, what);
  }

  static ServiceProcess start(Path folder) {
    return start(folder, Map.of());
  }

  /**
   * @param what to run, and the options of the JVM that are of interest for it only
   */
  static ServiceProcess start(Path folder, Map<String, String> settings, List<String> what) {
    var service = launch(folder, settings, what);
    try {
      return service.awaitReady();
    } catch (RuntimeException | Error e) {
      service.close();
      throw e;
    }
  }

  /** Starts the service and returns at once. */
  public static ServiceProcess launch(Path folder, Map<String, String> settings) {
    return launch(folder, settings, UnpackedJar.current().arguments());
  }

  /**
   * As an operator does: with the compiler that tests go without, whose seconds are too few for it.
   */
  public static ServiceProcess launchAtFullSpeed(Path folder, Map<String, String> settings) {
    var what = new ArrayList<>(List.of("-XX:TieredStopAtLevel=4"));
    what.addAll(UnpackedJar.current().arguments());
    return launch(folder, settings, what);
  }

  private static ServiceProcess launch(
      Path folder, Map<String, String> settings, List<String> what) {
    var all = new LinkedHashMap<String, String>();
    all.put("SERVER_PORT", Integer.toString(freePort()));
    // Receivers of tests are on this machine, each on a port of its own.
    all.put("MESSAGING_OUTBOUND_ALLOWED", "127.0.0.0/8");
    all.put("MESSAGING_OUTBOUND_PORTS", "any");
    all.put("MESSAGING_OUTBOUND_HTTPS_ONLY", "false");
    // Tests send and ask more from one address, and for one business, than anybody else.
    for (var limit :
        List.of(
            "HELD_PER_ADDRESS",
            "HELD_PER_FUNNEL",
            "REFUSED_PER_ADDRESS",
            "REFUSED_PER_FUNNEL",
            "REQUESTS_PER_BUSINESS",
            "WRONG_CREDENTIALS_PER_ADDRESS")) {
      all.put("MESSAGING_ABUSE_" + limit, "0");
    }
    all.put("MESSAGING_BUDGETS_LEADS_BY_KEY", "0");
    all.put("MESSAGING_BUDGETS_LEADS_BY_ADDRESS", "0");
    all.putAll(settings);
    var java = java("-Xmx320m");
    java.addAll(what);
    var command = new ProcessBuilder(java);
    // What the machine or the build has set must not reach the service.
    command.environment().keySet().removeIf(ServiceProcess::isASetting);
    command.environment().putAll(all);
    command.directory(folder.toFile());
    command.redirectOutput(folder.resolve("out").toFile());
    command.redirectError(folder.resolve("err").toFile());
    try {
      return new ServiceProcess(folder, number(all.get("SERVER_PORT")), command.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A port that nobody has, now and in a while: systems give connections ports above 32,767, and
   * each fork of the build has a range of its own.
   */
  public static int freePort() {
    for (int tried = 0; tried < PORTS; tried++) {
      int port = FIRST_PORT + Math.floorMod(NEXT_PORT.getAndIncrement(), PORTS);
      try (var socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // Somebody else's.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new IllegalStateException("No port is free");
  }

  public long pid() {
    return process.pid();
  }

  /** The service as its callers see it. */
  Caller caller() {
    return new Caller(port);
  }

  /** What was written to standard output. */
  public String output() {
    return read("out");
  }

  /** What was written to standard error. */
  public String errors() {
    return read("err");
  }

  /** Ends the process as {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly();
    exitCode();
  }

  /** Holds the process up where it is, as {@code kill -STOP} does. */
  public void pause() {
    Signals.pause(process.toHandle());
  }

  /** Lets a paused process go on. */
  public void resume() {
    Signals.resume(process.toHandle());
  }

  /** Takes the garbage out of its heap, so that what is left is in use. */
  public void collectGarbage() {
    jcmd("GC.run");
  }

  /** How many bytes of its heap are in use. */
  public double heapInUse() {
    var used = Pattern.compile("used (\\d+)K").matcher(jcmd("GC.heap_info"));
    assertThat(used.find()).isTrue();
    return Double.parseDouble(used.group(1)) * 1_024;
  }

  private String jcmd(String command) {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      var running =
          new ProcessBuilder(jcmd, Long.toString(process.pid()), command)
              .redirectErrorStream(true)
              .start();
      var output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(running.waitFor()).as(output).isZero();
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public boolean isReady() {
    return caller().isReady();
  }

  /** Asks the process to end, as {@code kill}, Ctrl-C and container engines do. */
  ServiceProcess terminate() {
    process.destroy();
    return this;
  }

  /** Waits for the end. */
  int exitCode() {
    try {
      assertThat(process.waitFor(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS))
          .as("the process ends")
          .isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      terminate();
      try {
        exitCode();
      } finally {
        process.destroyForcibly();
      }
    }
  }

  /** Waits until it is ready; fails if it ends before. */
  public ServiceProcess awaitReady() {
    await()
        .atMost(STARTS_WITHIN)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> !process.isAlive() || caller().isReady());
    assertThat(process.isAlive()).as("%s%n%s", output(), errors()).isTrue();
    return this;
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The jar that {@code ./mvnw verify} has packaged. */
  static String jar() {
    return Optional.ofNullable(System.getProperty("service.jar"))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Run these tests by ./mvnw verify, which packages the service first, or set -Dservice.jar"));
  }

  /** A JVM with the options that the build has for what lives for a minute. */
  static List<String> java(String... options) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(System.getProperty("service.jvm", "").split(" ")));
    command.removeIf(String::isEmpty);
    command.addAll(List.of(options));
    return command;
  }

  private static boolean isASetting(String variable) {
    return List.of("SERVER_", "SPRING_", "MESSAGING_", "CHANNELS_", "DELIVERY_", "JAVA_TOOL_")
        .stream()
        .anyMatch(variable::startsWith);
  }

  private static int number(String text) {
    return text.matches("\\d+") ? Integer.parseInt(text) : 0;
  }
}
