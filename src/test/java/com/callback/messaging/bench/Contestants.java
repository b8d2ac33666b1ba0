package com.callback.messaging.bench;

import com.callback.messaging.process.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The service and the programs that it is compared with, at one PostgreSQL and one receiver. */
final class Contestants implements AutoCloseable {

  private final Path folder;
  private final Wishes wishes;
  private final Database database;
  private final ReceiverProcess receiver;
  private final Numbers numbers = new Numbers();
  private final Contestant service;
  private final List<Contestant> peers;

  private Contestants(Path folder, Wishes wishes, List<Peer.Kind> kinds) {
    this.folder = folder;
    this.wishes = wishes;
    database = Database.start(folder);
    receiver = ReceiverProcess.start(ServiceProcess.freePort(), Isolation.HOSTS);
    service = service();
    peers = kinds.stream().map(this::peer).toList();
  }

  /**
   * Prepares them. The service is running then, the others are to be started.
   *
   * @param folder a new one, on the disk that the database is to be measured on
   * @param kinds of the programs to compare with
   */
  static Contestants prepare(Path folder, Wishes wishes, List<Peer.Kind> kinds) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!kinds.isEmpty()) {
      Peer.install();
    }
    return new Contestants(folder, wishes, kinds);
  }

  /** The service first. */
  List<Contestant> all() {
    return Stream.concat(Stream.of(service), peers.stream()).toList();
  }

  List<String> names() {
    return all().stream().map(Contestant::name).toList();
  }

  Contestant ours() {
    return service;
  }

  List<Contestant> peers() {
    return peers;
  }

  Database database() {
    return database;
  }

  ReceiverProcess receiver() {
    return receiver;
  }

  /** One more program to compare with, which the caller closes. */
  Contestant peer(Peer.Kind kind) {
    return new Contestant(
        kind.title,
        () -> Peer.launch(kind, database, receiver),
        numbers,
        List.of(Peer.WAITING),
        List.of(Peer.BOTH));
  }

  private Contestant service() {
    var started = new AtomicInteger();
    Supplier<Instance> launcher =
        () ->
            Instance.launch(
                folder.resolve("service-" + started.incrementAndGet()),
                database,
                receiver,
                wishes.settings());
    // Its first start makes the schema, which its funnels need.
    var first = launcher.get();
    first.process().awaitReady();
    var service =
        new Contestant(
            Instance.TITLE,
            launcher,
            numbers,
            List.of(database.funnelOfWaiting()),
            database.funnelsOfTwo(List.of(receiver.webhook())));
    service.add(first);
    return service;
  }

  @Override
  public void close() {
    all().forEach(Contestant::close);
    receiver.close();
    database.close();
  }
}
