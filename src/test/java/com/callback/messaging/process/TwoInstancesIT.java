package com.callback.messaging.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances at one database and one broker: whichever one asks, the answer is the same. */
class TwoInstancesIT {

  private static final int LEADS = 120;

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
