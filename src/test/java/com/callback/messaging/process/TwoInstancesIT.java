package com.callback.messaging.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances at one database and one broker: whichever one asks, the answer is the same. */
class TwoInstancesIT {

  private static final int LEADS = 120;
  private static final int CLAIMED = 20;
  private static final Duration LEASE = Duration.ofSeconds(25);
  private static final Duration SWEEP = Duration.ofSeconds(1);

  /** What a claim and twenty calls take at most while the machine does other things. */
  private static final Duration BUSY = Duration.ofSeconds(4);

  @TempDir Path folder;

  @Test
  void no_instance_counts_what_was_so_before_the_last_write() throws Exception {
    int brokerPort = ServiceProcess.freePort();
    try (var postgres = InstalledPostgres.create();
        var farEnds = new FarEnds();
        var broker = BrokerProcess.start(brokerPort)) {
      postgres.newDatabase();
      var settings = new HashMap<>(postgres.settings());
      settings.putAll(farEnds.settings());
      settings.put("SPRING_ACTIVEMQ_BROKER_URL", "tcp://127.0.0.1:" + brokerPort);
      try (var one = ServiceProcess.start(Files.createDirectory(folder.resolve("one")), settings);
          var two = ServiceProcess.start(Files.createDirectory(folder.resolve("two")), settings)) {
        var funnel = farEnds.business(postgres.database());
        var key = postgres.key(funnel, "messages:read,messages:write");
        var callers = List.of(one.caller().as(key), two.caller().as(key));
        var lies = new ConcurrentLinkedQueue<String>();
        var isOver = new AtomicBoolean();
        var watchers = callers.stream().map(caller -> watch(caller, isOver, lies)).toList();

        for (int lead = 1; lead <= LEADS; lead++) {
          var writer = callers.get(lead % 2);
          assertThat(writer.ask(funnel, "Ada " + lead).statusCode()).isEqualTo(202);
          // What has been accepted is counted by both, from this moment on.
          for (var reader : callers) {
            assertThat(unread(reader)).as("after lead %d", lead).isEqualTo(lead);
          }
        }
        var ids = new ArrayList<String>();
        callers
            .get(0)
            .getJson("/api/messages?limit=200")
            .get("items")
            .forEach(item -> ids.add(item.get("id").asText()));
        for (int read = 0; read < 40; read++) {
          var answer = callers.get(read % 2).post("/api/messages/" + ids.get(read) + "/read", "{}");
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
          for (var reader : callers) {
            assertThat(unread(reader)).isEqualTo(LEADS - read - 1);
            assertThat(reader.getJson("/api/messages/counts").get("waiting").asInt())
                .isEqualTo(LEADS);
          }
        }
        isOver.set(true);
        watchers.forEach(CompletableFuture::join);
        assertThat(lies).isEmpty();
      }
    }
  }

  @Tag("chaos")
  @Test
  void a_killed_instance_s_claims_are_sent_by_the_other_when_its_lease_is_over() throws Exception {
    int brokerPort = ServiceProcess.freePort();
    try (var postgres = InstalledPostgres.create();
        var farEnds = new FarEnds();
        var broker = BrokerProcess.start(brokerPort)) {
      postgres.newDatabase();
      var settings = new HashMap<>(postgres.settings());
      settings.putAll(farEnds.settings());
      settings.put("SPRING_ACTIVEMQ_BROKER_URL", "tcp://127.0.0.1:" + brokerPort);
      settings.put("DELIVERY_LEASE", LEASE.toSeconds() + "s");
      settings.put("DELIVERY_SWEEP_MS", Long.toString(SWEEP.toMillis()));
      try (var one = ServiceProcess.start(Files.createDirectory(folder.resolve("one")), settings);
          var two = ServiceProcess.start(Files.createDirectory(folder.resolve("two")), settings)) {
        var funnel = farEnds.business(postgres.database());
        farEnds.holdWebhooks();
        // All of it is claimed by the one that is killed.
        two.pause();
        for (int lead = 1; lead <= CLAIMED; lead++) {
          assertThat(one.caller().ask(funnel, "Ada " + lead).statusCode()).isEqualTo(202);
        }
        await().atMost(LEASE).until(() -> farEnds.webhooks().size() == CLAIMED);
        var onTheWire = callsById(farEnds);

        one.kill();
        var killed = Instant.now();
        two.resume();
        farEnds.letWebhooksGo();
        await()
            .atMost(LEASE.plus(SWEEP).plus(BUSY))
            .until(() -> farEnds.webhooks().size() == 2 * CLAIMED);
        System.out.printf(
            "What the killed instance had claimed was sent after %.1f s%n",
            Duration.between(killed, Instant.now()).toMillis() / 1000.0);
        await().atMost(BUSY).until(() -> undelivered(postgres) == 0);

        // Each was on the wire once before, and nothing else was sent twice.
        var twice = new HashMap<String, Long>();
        onTheWire.keySet().forEach(id -> twice.put(id, 2L));
        assertThat(callsById(farEnds)).isEqualTo(twice);
      }
    }
  }

  private static Map<String, Long> callsById(FarEnds farEnds) {
    return farEnds.webhooks().stream()
        .collect(
            Collectors.groupingBy(call -> call.headers().get("webhook-id"), Collectors.counting()));
  }

  private static int undelivered(InstalledPostgres postgres) {
    return postgres
        .database()
        .sql(
            "select count(*) from messaging.deliveries where channel = 'webhook' and state <> 'delivered'")
        .query(Integer.class)
        .single();
  }

  /** Asks all the time, so that both instances keep counts; between two of its looks they fit. */
  private static CompletableFuture<Void> watch(
      Caller caller, AtomicBoolean isOver, ConcurrentLinkedQueue<String> lies) {
    return CompletableFuture.runAsync(
        () -> {
          while (!isOver.get()) {
            JsonNode counts = caller.getJson("/api/messages/unread-count");
            if (counts.get("unread").asInt() > counts.get("waiting").asInt()) {
              lies.add(counts.toString());
            }
          }
        });
  }

  private static int unread(Caller caller) {
    return caller.getJson("/api/messages/unread-count").get("unread").asInt();
  }
}
