package com.callback.messaging.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.command.ActiveMQQueue;

/** An ActiveMQ broker in a process of its own. */
public final class BrokerProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader answers;
  private final PrintStream questions;

  private BrokerProcess(Process process) {
    this.process = process;
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /** Starts a broker and returns once it listens. */
  public static BrokerProcess start(int port) {
    try {
      var broker =
          new BrokerProcess(
              new ProcessBuilder(
                      ServiceProcess.java(
                          "-Xmx64m",
                          "-cp",
                          System.getProperty("java.class.path"),
                          BrokerProcess.class.getName(),
                          Integer.toString(port)))
                  .redirectError(ProcessBuilder.Redirect.DISCARD)
                  .start());
      broker.answer("ready");
      return broker;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many messages the queue has handed out since this broker started. */
  public long handedOut(String queue) {
    questions.println(queue);
    return Long.parseLong(answer("count"));
  }

  /** Holds the process up where it is, as {@code kill -STOP} does. */
  public void pause() {
    Signals.pause(process.toHandle());
  }

  /** Lets a paused process go on. */
  public void resume() {
    Signals.resume(process.toHandle());
  }

  /** Ends it as a crash does. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** The rest of the line that begins with this word; whatever else is printed is passed over. */
  private String answer(String word) {
    try {
      for (var line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith(word + " ")) {
          return line.substring(word.length() + 1);
        }
      }
      throw new IllegalStateException("The broker has ended");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The broker itself: for each name of a queue that it reads it says how much was handed out. */
  public static void main(String[] arguments) throws Exception {
    var broker = new BrokerService();
    broker.setPersistent(false);
    broker.setUseJmx(false);
    broker.addConnector("tcp://127.0.0.1:" + arguments[0]);
    broker.start();
    broker.waitUntilStarted();
    System.out.println("ready " + arguments[0]);
    var questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var queue = questions.readLine(); queue != null; queue = questions.readLine()) {
      var destination = broker.getDestination(new ActiveMQQueue(queue));
      System.out.println(
          "count " + destination.getDestinationStatistics().getDequeues().getCount());
    }
    broker.stop();
  }
}
