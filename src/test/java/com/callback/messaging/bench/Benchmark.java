package com.callback.messaging.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.callback.messaging.bench.Callers.Pace;
import com.callback.messaging.process.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures the packaged service, and judges nothing: {@code ./mvnw verify -Pbench}. */
class Benchmark {

  private static final int CONNECTIONS = 64;

  /** Businesses, and hosts of theirs, that the leads of (b) and (c) are spread over. */
  private static final int BUSINESSES = 8;

  private final Wishes wishes = Wishes.read();
  private final Report report = new Report();

  @TempDir Path folder;

  @Test
  void what_this_machine_reaches() throws IOException {
    assumeTrue("abcdg".chars().anyMatch(part -> wishes.want(Character.toString(part))));
    var port = ServiceProcess.freePort();
    int numbered;
    try (var database = Database.start(folder);
        var receiver = ReceiverProcess.start(ServiceProcess.freePort(), Isolation.HOSTS)) {
      try (var service = ServiceProcess.start(home("service"), settings(port, database, receiver));
          var callers = Callers.connect(port, CONNECTIONS, 0)) {
        var contestant =
            new Contestant(
                callers,
                new Usage(service.pid()),
                database.usage(),
                List.of(database.funnelOfWaiting()),
                database.funnelsOfTwo(webhooks(receiver)));
        report.contestant("Callback Messaging");
        measure(contestant, database, receiver);
        numbered = callers.next();
      }
      compare(database, receiver, numbered);
      report.write(Path.of("docs", "benchmarks", "README.md"), intro(database.version()));
    }
    assertThat(report.broken()).as("what no figure may have").isEmpty();
  }

  private static String intro(String databaseVersion) {
    return """
        # What one small machine reaches

        Written by `./mvnw verify -Pbench` %s with fsync and synchronous_commit on. Database,
        service, receiver and load generator share the cores. The service runs with room for 256 calls per channel and host, otherwise
        its default settings, and 320 MB of heap; the receiver stands for webhook subscriptions and for the SMS provider. Every lead is checked: it was accepted, and it arrived.
        `-Dbench.only=a,c` runs parts of it, `-Dbench.warm-up=20` (seconds) shortens it, `-Dbench.compare=false` leaves the other programs out.
        The inbox with a million leads has a page of its own: [inbox.md](inbox.md), `-Dbench.only=e`.
        """
        .formatted(Report.machine(databaseVersion));
  }

  private void measure(Contestant contestant, Database database, ReceiverProcess receiver) {
    warmUp(contestant, receiver, wishes.warmUp());
    if (wishes.want("a")) {
      accept(contestant, database);
    }
    if (wishes.want("b")) {
      deliver(contestant, receiver);
    }
    if (wishes.want("c")) {
      report.part(
          "(c) From click to webhook",
          "100 leads a second; from sending the request to the arrival of the webhook call.");
      latency(contestant, receiver);
    }
    if (wishes.want("d")) {
      report.part(
          "(d) Isolation",
          "100 leads a second over 200 businesses, each with a webhook on a host of its own; measured as in (c).");
      new Isolation(contestant.callers(), receiver, database).run(report);
    }
    if (wishes.want("g")) {
      report.part(
          "(g) Draining 100,000 due deliveries",
          "They are written to the database at once and are due to %d webhooks. From then to the last arrival."
              .formatted(BUSINESSES));
      new Draining(contestant, receiver, database)
          .run(report, database.funnelsOfOne(webhooks(receiver)));
    }
    report.part("Memory at the end", "What processes share is counted once.");
    memory("service", contestant.service());
    memory("database, with what it caches", contestant.database());
  }

  private void accept(Contestant contestant, Database database) {
    report.part(
        "(a) Accepting",
        "%d connections that stay open, each sends the next lead when the last is answered. Each lead owes two deliveries, which are written and wait for a channel that nobody serves: this is accepting alone."
            .formatted(CONNECTIONS));
    try (var floor = new Floor(database, contestant.waiting().get(0), CONNECTIONS)) {
      var accepted = new Accepting(contestant).run(report, floor);
      report.figure(floor.perSecond());
      report.row("share of it", "%.2f".formatted(accepted / floor.perSecond().median()));
    }
  }

  private void deliver(Contestant contestant, ReceiverProcess receiver) {
    for (var millis : new int[] {0, 50}) {
      report.part(
          millis == 0
              ? "(b) Delivering to two targets"
              : "(b) The same, receivers taking %d ms".formatted(millis),
          "%d connections; each lead goes out by SMS and to a webhook. From the first request to the last arrival, nothing left behind."
              .formatted(CONNECTIONS));
      new Delivering(contestant, receiver).run(report, millis);
    }
  }

  private void latency(Contestant contestant, ReceiverProcess receiver) {
    var latency = new Latency(contestant.callers(), receiver, "click to webhook");
    for (var i = 0; i < 3; i++) {
      latency.round(contestant.both(), 15, number -> true);
    }
    latency.compare(report);
  }

  private void memory(String what, Usage usage) {
    var memory = new Figure(what, "MiB");
    memory.add(usage.memory());
    report.figure(memory);
  }

  private void compare(Database database, ReceiverProcess receiver, int firstNumber)
      throws IOException {
    if (!wishes.compare()) {
      return;
    }
    if (!Peer.isPossible()) {
      System.out.println("\nNothing to compare with: install Node 20 or newer, with npm.");
      return;
    }
    var number = firstNumber;
    for (var kind : Peer.Kind.values()) {
      try (var peer = Peer.start(kind, home(kind.database), database, receiver);
          var callers = Callers.connect(peer.port(), CONNECTIONS, number)) {
        report.contestant(kind.title);
        measure(
            kind.title,
            new Contestant(
                callers,
                new Usage(peer.pid()),
                database.usage(),
                List.of(Peer.WAITING),
                List.of(Peer.BOTH)),
            receiver);
        number = callers.next();
      }
    }
  }

  private void measure(String title, Contestant contestant, ReceiverProcess receiver) {
    warmUp(contestant, receiver, Duration.ofSeconds(Math.min(15, wishes.warmUp().toSeconds())));
    if (wishes.want("a")) {
      report.part(
          "Beside it: %s, accepting".formatted(title),
          "A short program that does the same, measured in the same run: src/test/bench/peers.");
      new Accepting(contestant).run(report, null);
    }
    if (wishes.want("b")) {
      for (var millis : new int[] {0, 50}) {
        report.part("%s, two targets, receivers taking %d ms".formatted(title, millis), "As (b).");
        new Delivering(contestant, receiver).run(report, millis);
      }
    }
    if (wishes.want("c")) {
      report.part("%s, from click to webhook".formatted(title), "As (c).");
      latency(contestant, receiver);
    }
    memory("service", contestant.service());
  }

  /** Both ways of use in turn, so that no backlog grows. */
  private static void warmUp(Contestant contestant, ReceiverProcess receiver, Duration time) {
    System.out.printf("%nWarming up for %d s%n", time.toSeconds());
    var end = System.nanoTime() + time.toNanos();
    var delivering = new Delivering(contestant, receiver);
    while (System.nanoTime() < end) {
      contestant.callers().send(contestant.waiting(), Pace.seconds(1));
      delivering.round(200);
    }
  }

  private static List<String> webhooks(ReceiverProcess receiver) {
    return IntStream.rangeClosed(1, BUSINESSES)
        .mapToObj(host -> receiver.at("127.1.0." + host, "/hook"))
        .toList();
  }

  private Map<String, String> settings(int port, Database database, ReceiverProcess receiver) {
    var settings = new HashMap<>(database.settings());
    settings.put("SERVER_PORT", Integer.toString(port));
    settings.put("CHANNELS_SMS_URL", receiver.sms());
    settings.put("CHANNELS_SMS_USERNAME", "token");
    settings.put("CHANNELS_SMS_PASSWORD", "secret");
    // 2,500 leads a second, two targets, 50 ms each: 250 calls are under way, to two hosts.
    for (var limit :
        List.of("CHANNELS_SMS_IN_FLIGHT", "CHANNELS_WEBHOOK_IN_FLIGHT", "DELIVERY_PER_HOST")) {
      settings.put(limit, "256");
    }
    settings.put("MESSAGING_OUTBOUND_CONNECTIONS", "600");
    settings.put("CHANNELS_SMS_BATCH", "128");
    settings.put("CHANNELS_WEBHOOK_BATCH", "128");
    settings.putAll(wishes.settings());
    return settings;
  }

  private Path home(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }
}
