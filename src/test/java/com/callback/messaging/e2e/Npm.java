package com.callback.messaging.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The machine's own npm, in the folder of the web packages. */
final class Npm {

  private static final Path FOLDER = Path.of("src/main/web");
  private static final Path LOCK = Path.of("target/npm.lock");
  private static final Path CONTRACT = Path.of("config/openapi.yaml");
  private static final int PATIENCE_MINUTES = 15;
  private static final int LINES_AT_THE_END = 80;
  private static final String MISSING =
      "There is no npm: install Node 20.19 or newer, with npm, to test the TypeScript client.";
  private static final String NOT_FETCHED =
      "What the TypeScript client is tested with could not be fetched: run npm ci in src/main/web once, with a network.%n%s";

  private Npm() {}

  /** Packages as the lock file names them; without npm the tests are left out, but on CI fail. */
  static void prepare() {
    var isThere =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .map(folder -> Path.of(folder, "npm"))
            .anyMatch(Files::isExecutable);
    require(isThere, MISSING);
    // Test classes run at the same time; all read what is written here.
    try (var file = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var turn = file.lock()) {
      if (!isNewer("node_modules/.package-lock.json", FOLDER.resolve("package-lock.json"))) {
        var fetching = run(Map.of(), "ci", "--prefer-offline", "--no-audit", "--no-fund");
        require(fetching.isWell(), NOT_FETCHED.formatted(fetching.said()));
      }
      if (!isNewer("client/src/contract.d.ts", CONTRACT)) {
        var generating = run(Map.of(), "run", "generate");
        Assertions.assertThat(generating.isWell()).as(generating.whatFailed()).isTrue();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void require(boolean condition, String sentence) {
    if (!condition && "true".equals(System.getenv("CI"))) {
      Assertions.fail(sentence);
    }
    Assumptions.assumeTrue(condition, sentence);
  }

  private static boolean isNewer(String made, Path of) {
    return FOLDER.resolve(made).toFile().lastModified() >= of.toFile().lastModified();
  }

  /** What became of a command, and what it said. */
  record Outcome(boolean isWell, String said) {

    /** What failed, by name, and the end of what was said: where test runners put the reason. */
    String whatFailed() {
      var lines = said.lines().filter(line -> !line.startsWith("npm warn")).toList();
      var failed = lines.stream().filter(line -> line.strip().startsWith("FAIL "));
      var end = lines.stream().skip(Math.max(0, lines.size() - LINES_AT_THE_END));
      return Stream.concat(failed, end).collect(Collectors.joining("\n"));
    }
  }

  static Outcome run(Map<String, String> environment, String... arguments) {
    var command = new ArrayList<>(List.of("npm"));
    command.addAll(List.of(arguments));
    var npm = new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true);
    npm.environment().putAll(environment);
    try {
      var said = Files.createTempFile("npm", ".txt");
      var process = npm.redirectOutput(said.toFile()).start();
      var ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      return new Outcome(ended && process.exitValue() == 0, Files.readString(said));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
