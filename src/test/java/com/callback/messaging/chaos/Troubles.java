package com.callback.messaging.chaos;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** All that is known to go wrong. */
final class Troubles {

  static final String EVERYTHING = "kill -9 of everything at once";

  private static final Duration A_MOMENT = ofSeconds(2);
  private static final Duration A_WHILE = ofSeconds(4);
  private static final int NOBODY = 0;
  private static final int ONE = 1;
  private static final int BOTH = 2;

  private Troubles() {}

  /** One of each kind of kill. */
  static List<Trouble> kills() {
    return List.of(instanceKilled(0), brokerKilled(), databaseKilled());
  }

  /** One of each kind. */
  static List<Trouble> all() {
    var all = new ArrayList<>(kills());
    all.add(instanceKilled(1));
    all.add(everythingKilled());
    all.addAll(stops());
    all.addAll(networks());
    Tuning.CHANNELS.forEach(channel -> all.addAll(receivers(channel)));
    return all;
  }

  private static Trouble instanceKilled(int which) {
    return new Trouble(
        "kill -9 of an instance",
        A_MOMENT,
        ONE,
        false,
        cluster -> cluster.instances().get(which).kill(),
        cluster -> cluster.instances().get(which).launch(),
        accepts(which));
  }

  private static Trouble brokerKilled() {
    return new Trouble(
        "kill -9 of the broker",
        A_WHILE,
        NOBODY,
        false,
        cluster -> cluster.broker().close(),
        Cluster::restartBroker,
        Troubles::deliveries);
  }

  private static Trouble databaseKilled() {
    return new Trouble(
        "kill -9 of PostgreSQL",
        A_MOMENT,
        BOTH,
        true,
        cluster -> cluster.postgres().kill(),
        cluster -> cluster.postgres().start(),
        Troubles::everything);
  }

  private static Trouble everythingKilled() {
    return new Trouble(
        EVERYTHING,
        A_MOMENT,
        BOTH,
        true,
        Cluster::killEverything,
        Cluster::restartEverything,
        Troubles::everything);
  }

  private static List<Trouble> stops() {
    return List.of(
        instanceStopped(0, A_WHILE, "an instance stopped"),
        instanceStopped(1, Tuning.LEASE.plusSeconds(2), "an instance stopped beyond its leases"),
        new Trouble(
            "the database stopped",
            A_WHILE,
            BOTH,
            false,
            cluster -> cluster.postgres().pause(),
            cluster -> cluster.postgres().resume(),
            Troubles::everything),
        new Trouble(
            "the broker stopped",
            A_WHILE,
            NOBODY,
            false,
            cluster -> cluster.broker().pause(),
            cluster -> cluster.broker().resume(),
            Troubles::deliveries));
  }

  private static Trouble instanceStopped(int which, Duration shortest, String name) {
    return new Trouble(
        name,
        shortest,
        ONE,
        false,
        cluster -> cluster.instances().get(which).pause(),
        cluster -> cluster.instances().get(which).resume(),
        accepts(which));
  }

  private static List<Trouble> networks() {
    return Stream.concat(
            networks("the database", Cluster::toDatabase, BOTH, Troubles::everything),
            networks("the broker", Cluster::toBroker, NOBODY, Troubles::deliveries))
        .toList();
  }

  private static Stream<Trouble> networks(
      String to, Function<Cluster, TcpProxy> way, int cut, Function<Cluster, List<Pulse>> over) {
    return Stream.of(
        network("slow connections to " + to, way, cut, over, proxy -> proxy.slow(ofMillis(50))),
        network("silent connections to " + to, way, cut, over, TcpProxy::swallow),
        network("cut connections to " + to, way, cut, over, TcpProxy::cut));
  }

  private static Trouble network(
      String name,
      Function<Cluster, TcpProxy> way,
      int cut,
      Function<Cluster, List<Pulse>> over,
      Consumer<TcpProxy> begin) {
    return new Trouble(
        name,
        A_WHILE,
        cut,
        false,
        cluster -> begin.accept(way.apply(cluster)),
        cluster -> way.apply(cluster).heal(),
        over);
  }

  private static List<Trouble> receivers(String channel) {
    return List.of(
        receiver(channel, Mood.FAILING, "answers with errors"),
        receiver(channel, Mood.HANGING, "does not answer"),
        receiver(channel, Mood.DROPPING, "closes connections"),
        receiver(channel, Mood.BUSY, "asks for patience"));
  }

  private static Trouble receiver(String channel, Mood mood, String what) {
    return new Trouble(
        "the receiver of %s %s".formatted(channel, what),
        A_WHILE,
        NOBODY,
        false,
        cluster -> cluster.receivers().behave(channel, mood),
        cluster -> cluster.receivers().behave(channel, Mood.WELL),
        cluster -> List.of(cluster.receivers().on(channel).pulse()));
  }

  private static Function<Cluster, List<Pulse>> accepts(int instance) {
    return cluster -> List.of(cluster.instances().get(instance).accepts());
  }

  private static List<Pulse> deliveries(Cluster cluster) {
    return Tuning.CHANNELS.stream()
        .map(channel -> cluster.receivers().on(channel).pulse())
        .toList();
  }

  private static List<Pulse> everything(Cluster cluster) {
    var all = new ArrayList<>(deliveries(cluster));
    cluster.instances().forEach(instance -> all.add(instance.accepts()));
    return all;
  }
}
