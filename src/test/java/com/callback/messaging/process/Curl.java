package com.callback.messaging.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A stream of events in a terminal: the {@code curl} of the operating system, which follows it. */
final class Curl implements AutoCloseable {

  private final Process process;
  private final Path screen;

  private Curl(Process process, Path screen) {
    this.process = process;
    this.screen = screen;
  }

  /** Opens a stream and returns once its first lines are there. */
  static Curl follow(String url, String... headers) {
    var command = new ArrayList<>(List.of("curl", "-sN", "--fail", url));
    for (var header : headers) {
      command.addAll(List.of("-H", header));
    }
    try {
      var screen = Files.createTempFile("stream", ".txt");
      var curl =
          new Curl(new ProcessBuilder(command).redirectOutput(screen.toFile()).start(), screen);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> curl.text().contains("event:counts") || !curl.process.isAlive());
      assertThat(curl.process.isAlive()).as("curl follows %s", url).isTrue();
      return curl;
    } catch (IOException e) {
      var missing = "Install curl to run this test";
      if ("true".equals(System.getenv("CI"))) {
        return fail(missing, e);
      }
      return abort(missing);
    }
  }

  /** The leads that appeared, by the names of those who ask. */
  List<String> leads() {
    return blocks("message.created").stream()
        .map(block -> Caller.json(field(block, "data")))
        .map(data -> data.at("/message/contactName").asText())
        .toList();
  }

  void awaitLeads(String... names) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> assertThat(leads()).containsExactly(names));
  }

  /** The id of the last event. */
  String lastId() {
    return text()
        .lines()
        .filter(line -> line.startsWith("id:"))
        .reduce((before, after) -> after)
        .orElseThrow()
        .substring("id:".length());
  }

  /** Waits until the stream is over; 0 when the service ended it as one ends an answer. */
  int exitCode() {
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("the stream ends").isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** What has come whole. */
  private List<String> blocks(String event) {
    var text = text();
    int end = text.lastIndexOf("\n\n");
    return end < 0
        ? List.of()
        : List.of(text.substring(0, end).split("\n\n")).stream()
            .filter(block -> event.equals(field(block, "event")))
            .toList();
  }

  private static String field(String block, String name) {
    return block
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .findFirst()
        .map(line -> line.substring(name.length() + 1))
        .orElse("");
  }

  private String text() {
    try {
      return Files.readString(screen);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
