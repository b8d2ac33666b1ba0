package com.callback.messaging.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One instance of two is killed with its hands full. */
class TakeOverIT {

  private static final int CLAIMED = 20;
  private static final Duration LEASE = Duration.ofSeconds(25);
  private static final Duration SWEEP = Duration.ofSeconds(1);

  /** What a claim and twenty calls take at most while the machine does other things. */
  private static final Duration BUSY = Duration.ofSeconds(4);

  @TempDir Path folder;

  @Tag("chaos")
  @Test
  void a_killed_instance_s_claims_are_sent_by_the_other_when_its_lease_is_over() throws Exception {
    try (var parts = new InstalledParts()) {
      var settings = parts.settings();
      settings.put("DELIVERY_LEASE", LEASE.toSeconds() + "s");
      settings.put("DELIVERY_SWEEP_MS", Long.toString(SWEEP.toMillis()));
      var one = parts.start(Files.createDirectory(folder.resolve("one")), settings);
      var two = parts.start(Files.createDirectory(folder.resolve("two")), settings);
      var farEnds = parts.farEnds();
      var funnel = farEnds.business(parts.database());
      farEnds.holdWebhooks();
      // The instance that is killed claims all deliveries.
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
      await().atMost(BUSY).until(() -> undelivered(parts.database()) == 0);

      // Each was on the wire once before, and nothing else was sent twice.
      var twice = new HashMap<String, Long>();
      onTheWire.keySet().forEach(id -> twice.put(id, 2L));
      assertThat(callsById(farEnds)).isEqualTo(twice);
    }
  }

  private static Map<String, Long> callsById(FarEnds farEnds) {
    return farEnds.webhooks().stream()
        .collect(
            Collectors.groupingBy(call -> call.headers().get("webhook-id"), Collectors.counting()));
  }

  private static int undelivered(JdbcClient database) {
    return database
        .sql(
            "select count(*) from messaging.deliveries where channel = 'webhook' and state <> 'delivered'")
        .query(Integer.class)
        .single();
  }
}
