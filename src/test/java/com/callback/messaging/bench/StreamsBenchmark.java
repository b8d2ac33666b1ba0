package com.callback.messaging.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.callback.messaging.process.EmbeddedServer;
import com.callback.messaging.process.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How soon an event reaches all who watch, and what an open stream costs: {@code ./mvnw verify
 * -Pbench -Dbench.only=streams}.
 */
class StreamsBenchmark {

  private static final int WATCHING = 1_000;
  private static final int STREAMS = Integer.getInteger("bench.streams", 10_000);
  private static final int PER_BUSINESS = 200;
  private static final int LEADS = 60;
  private static final int WARM_UP = 100;
  private static final int IDLE_SECONDS = 30;

  private final Wishes wishes = Wishes.read();
  private final Report report = new Report();
  private int number;

  @TempDir Path folder;

  @Test
  void events_reach_thousands_of_streams() throws IOException {
    assumeTrue(wishes.want("streams"));
    int port = ServiceProcess.freePort();
    var settings = new HashMap<>(wishes.settings());
    settings.put("SERVER_PORT", "" + port);
    settings.put("SERVER_TOMCAT_MAX_CONNECTIONS", "" + (STREAMS + 2_000));
    settings.put("MESSAGING_STREAM_MOST_PER_BUSINESS", "" + WATCHING);
    try (var service = ServiceProcess.start(folder, settings, "-Xmx1g");
        var watchers = new Watchers(port)) {
      var database = new EmbeddedServer(folder);
      var inbox = new Inbox(port, key(service.output()), 1);
      for (int lead = 0; lead < WARM_UP; lead++) {
        inbox.lead(next());
      }
      var before = Memory.of(service);

      watchers.open(WATCHING, key(service.output()));
      report.part(
          "An event to %,d open streams of one business".formatted(WATCHING),
          "From sending a lead to reading its event, over all leads and streams; ten leads a second.");
      events(inbox, watchers);

      for (int open = WATCHING; open < STREAMS; open += PER_BUSINESS) {
        watchers.open(Math.min(PER_BUSINESS, STREAMS - open), newKey(database));
      }
      report.part(
          "%,d open streams".formatted(STREAMS),
          "%,d of one business, and %d of each other business. Memory is that of the service after a collection of garbage."
              .formatted(WATCHING, PER_BUSINESS));
      var after = Memory.of(service);
      report.row("heap per stream, kB", "%.1f".formatted(after.heapPerStream(before)));
      report.row(
          "memory of the process per stream, kB", "%.1f".formatted(after.allPerStream(before)));
      report.row(
          "threads of the process before and after", before.threads + " and " + after.threads);
      idle(service, watchers);
      events(inbox, watchers);
      report.require(watchers.ended() == 0, watchers.ended() + " streams ended");
      report.write(
          Path.of("docs", "benchmarks", "streams.md"),
          intro(database.database().sql("show server_version").query(String.class).single()));
    }
    assertThat(report.broken()).as("what no figure may have").isEmpty();
  }

  /** What the service holds: bytes of its heap and of its process, and threads. */
  private record Memory(double heap, double process, long threads) {

    static Memory of(ServiceProcess service) throws IOException {
      service.collectGarbage();
      try (var threads = Files.list(Path.of("/proc", "" + service.pid(), "task"))) {
        return new Memory(service.heapInUse(), resident(service.pid()), threads.count());
      }
    }

    private static double resident(long pid) throws IOException {
      return Files.readAllLines(Path.of("/proc", "" + pid, "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")))
          .sum();
    }

    double heapPerStream(Memory before) {
      return (heap - before.heap) / 1_024 / STREAMS;
    }

    double allPerStream(Memory before) {
      return (process - before.process) / STREAMS;
    }
  }

  private static String intro(String databaseVersion) {
    return """
        # Live events and open streams

        Written by `./mvnw verify -Pbench -Dbench.only=streams` %s. One instance with `-Xmx1g`, `SERVER_TOMCAT_MAX_CONNECTIONS=%d` and
        `MESSAGING_STREAM_MOST_PER_BUSINESS=%d`; each stream is a connection of its own. Database, service and readers share the cores.
        """
        .formatted(Machine.text(databaseVersion), STREAMS + 2_000, WATCHING);
  }

  private void events(Inbox inbox, Watchers watchers) {
    var millis = DoubleStream.builder();
    var last = DoubleStream.builder();
    for (int lead = 0; lead < LEADS; lead++) {
      var name = next();
      var sent = System.nanoTime();
      inbox.lead(name);
      var arrivals = watchers.arrivals(Integer.parseInt(name), WATCHING);
      report.require(arrivals.length == WATCHING, "an event that came twice");
      Arrays.stream(arrivals).mapToDouble(at -> (at - sent) / 1e6).forEach(millis);
      last.add((Arrays.stream(arrivals).max().orElseThrow() - sent) / 1e6);
      Pause.millis(100);
    }
    var all = millis.build().toArray();
    report.row("p50", Figure.number(Figure.percentile(all, 50)) + " ms");
    report.row("p99", Figure.number(Figure.percentile(all, 99)) + " ms");
    report.row(
        "the last stream of each event, median",
        Figure.number(Figure.percentile(last.build().toArray(), 50)) + " ms");
  }

  private void idle(ServiceProcess service, Watchers watchers) {
    var usage = new Usage(service.pid());
    var cpu = usage.cpuMillis();
    var heartbeats = watchers.heartbeats();
    Pause.millis(1_000 * IDLE_SECONDS);
    report.row(
        "CPU of service and database while nothing happens",
        "%.0f ms a second".formatted((usage.cpuMillis() - cpu) / IDLE_SECONDS));
    report.row(
        "heartbeats that came meanwhile",
        "%.1f per stream in %d s"
            .formatted((watchers.heartbeats() - heartbeats) / (double) STREAMS, IDLE_SECONDS));
  }

  private String next() {
    return "%08d".formatted(++number);
  }

  private static String newKey(EmbeddedServer server) {
    var business = UUID.randomUUID();
    var key = ("cbk_" + UUID.randomUUID() + UUID.randomUUID()).replace("-", "");
    server
        .database()
        .sql("insert into public.businesses (id, name) values (?, 'Watched')")
        .param(business)
        .update();
    server
        .database()
        .sql(
            "insert into messaging.api_keys (business_id, name, prefix, hash, scopes) values (?, 'Watcher', ?, sha256(convert_to(?, 'UTF8')), '{messages:read}')")
        .params(business, key.substring(0, 12), key)
        .update();
    return key;
  }

  private static String key(String output) {
    var key = Pattern.compile("cbk_[0-9a-f]{64}").matcher(output);
    assertThat(key.find()).as(output).isTrue();
    return key.group();
  }
}
