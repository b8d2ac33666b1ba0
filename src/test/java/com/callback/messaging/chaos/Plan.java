package com.callback.messaging.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Troubles one after the other, in an order and of lengths that the seed decides. */
final class Plan {

  private static final Duration PEACE = Duration.ofSeconds(1);
  // PostgreSQL writes what nobody waits for within three rounds of its WAL writer, 200 ms each.
  private static final Duration FORGETS = Duration.ofSeconds(1);

  private final Cluster cluster;
  private final List<Trouble> troubles;
  private final Random random;
  private final List<Past> past = new ArrayList<>();

  Plan(Cluster cluster, List<Trouble> troubles, long seed) {
    this.cluster = cluster;
    this.troubles = troubles;
    this.random = new Random(seed);
  }

  /** Makes each trouble once, and then more of them until it is enough. */
  List<Past> run(BooleanSupplier enough) {
    shuffled().forEach(this::make);
    while (!enough.getAsBoolean()) {
      shuffled().stream().takeWhile(next -> !enough.getAsBoolean()).forEach(this::make);
    }
    return past;
  }

  private List<Trouble> shuffled() {
    var order = new ArrayList<>(troubles);
    Collections.shuffle(order, random);
    return order;
  }

  private void make(Trouble trouble) {
    pass(PEACE);
    var forgotten = trouble.forgets() ? justDelivered() : Map.<String, Integer>of();
    trouble.begin().accept(cluster);
    pass(trouble.shortest().plus(share(trouble.shortest())));
    long ended = System.nanoTime();
    trouble.end().accept(cluster);
    past.add(new Past(trouble, ended, forgotten));
    cluster.awaitReady();
  }

  private Duration share(Duration of) {
    return Duration.ofMillis((long) (of.toMillis() * random.nextDouble()));
  }

  private Map<String, Integer> justDelivered() {
    long now = System.nanoTime();
    var counts = new HashMap<String, Integer>();
    for (var channel : Tuning.CHANNELS) {
      counts.put(channel, cluster.receivers().on(channel).pulse().countBefore(now, FORGETS));
    }
    return counts;
  }

  private static void pass(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < until) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
  }
}
