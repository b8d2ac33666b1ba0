package com.callback.messaging.bench;

import com.callback.messaging.bench.Callers.Pace;
import com.callback.messaging.bench.Callers.Sent;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A service that can be started, sent leads to, and stopped; one instance of it or several. */
final class Contestant implements AutoCloseable {

  static final int CONNECTIONS = 64;

  private static final double START_SECONDS = 180;

  private final String name;
  private final Supplier<? extends Running> launcher;
  private final Numbers numbers;
  private final List<String> waiting;
  private final List<String> both;
  private final List<Running> instances = new ArrayList<>();

  /**
   * @param launcher starts one more instance and returns at once
   * @param waiting funnels with two deliveries for each lead, which nobody sends
   * @param both funnels whose leads go out by SMS and webhook
   */
  Contestant(
      String name,
      Supplier<? extends Running> launcher,
      Numbers numbers,
      List<String> waiting,
      List<String> both) {
    this.name = name;
    this.launcher = launcher;
    this.numbers = numbers;
    this.waiting = waiting;
    this.both = both;
  }

  /** From the start of the process to the first lead that was accepted. */
  record Start(double seconds, double cpuSeconds) {}

  String name() {
    return name;
  }

  List<String> waiting() {
    return waiting;
  }

  List<String> both() {
    return both;
  }

  Numbers numbers() {
    return numbers;
  }

  /** Takes an instance that runs already. */
  void add(Running instance) {
    instances.add(instance);
  }

  /** Starts one more instance and returns once it has accepted a lead. */
  Start start() {
    var begun = System.nanoTime();
    var instance = launcher.get();
    instances.add(instance);
    while (!accepts(instance.port())) {
      if (!instance.isAlive() || System.nanoTime() - begun > START_SECONDS * 1e9) {
        throw new IllegalStateException(name + " did not start");
      }
      Pause.millis(15);
    }
    return new Start(
        (System.nanoTime() - begun) / 1e9, new Usage(instance.pid()).cpuMillis() / 1_000);
  }

  /** Sends leads to these funnels in turn, spread over all instances. */
  Sent send(List<String> funnels, Pace pace) {
    var ports = instances.stream().map(Running::port).toList();
    try (var callers = Callers.connect(ports, CONNECTIONS, numbers)) {
      return callers.send(funnels, pace);
    }
  }

  /** What its instances use. */
  List<Usage> usage() {
    return instances.stream().map(instance -> new Usage(instance.pid())).toList();
  }

  /** Stops all instances but the first. */
  void reduce() {
    while (instances.size() > 1) {
      instances.remove(instances.size() - 1).close();
    }
  }

  @Override
  public void close() {
    instances.forEach(Running::close);
    instances.clear();
  }

  private boolean accepts(int port) {
    try (var callers = Callers.connect(List.of(port), 1, numbers)) {
      return callers.send(both, Pace.leads(1)).accepted() == 1;
    } catch (UncheckedIOException e) {
      return false;
    }
  }
}
