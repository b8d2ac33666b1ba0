package com.callback.messaging.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** A {@link Receiver} in a process of its own. */
final class ReceiverProcess implements AutoCloseable {

  private final Process process;
  private final int port;
  private final BufferedReader answers;
  private final PrintStream questions;

  private ReceiverProcess(Process process, int port) {
    this.process = process;
    this.port = port;
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /** What has arrived of a range of leads; last is in microseconds of the wall clock. */
  record Count(int webhooks, int texts, int again, long last) {

    /** How many of so many leads are missing at one receiver or the other. */
    int missingOf(int leads) {
      return leads - Math.min(webhooks, texts);
    }
  }

  /**
   * Starts one and returns once it listens.
   *
   * @param hosts how many addresses 127.1.0.n it has besides 127.0.0.1
   */
  static ReceiverProcess start(int port, int hosts) {
    try {
      var process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx128m",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Receiver.class.getName(),
                  Integer.toString(port),
                  Integer.toString(hosts))
              .redirectError(Redirect.INHERIT)
              .start();
      var receiver = new ReceiverProcess(process, port);
      receiver.line();
      return receiver;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Usage usage() {
    return new Usage(process.pid());
  }

  String webhook() {
    return at("127.0.0.1", "/hook");
  }

  String sms() {
    return at("127.0.0.1", "/api");
  }

  String at(String host, String path) {
    return "http://" + host + ":" + port + path;
  }

  /** From now on each call is answered after so long. */
  void delay(int millis) {
    ask("delay " + millis);
  }

  Count count(int first, int end) {
    var numbers = ask("count " + first + " " + end).split(" ");
    return new Count(
        Integer.parseInt(numbers[0]),
        Integer.parseInt(numbers[1]),
        Integer.parseInt(numbers[2]),
        Long.parseLong(numbers[3]));
  }

  /** When each of the leads first came as a webhook; 0 for one that has not. */
  long[] times(int first, int end) {
    var line = ask("times " + first + " " + end);
    return line.isEmpty()
        ? new long[0]
        : Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  private String ask(String question) {
    questions.println(question);
    return line();
  }

  private String line() {
    try {
      var line = answers.readLine();
      if (line == null) {
        throw new IllegalStateException("The receiver has ended");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
