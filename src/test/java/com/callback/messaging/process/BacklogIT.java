package com.callback.messaging.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of deliveries of each channel are due at once, as after an outage of the service. */
@Tag("chaos")
class BacklogIT {

  private static final int LEADS = 3_000;
  private static final int CALLERS = 16;
  private static final List<String> CHANNELS = List.of("email", "sms", "webhook");
  private static final Duration ON_A_BUSY_MACHINE = Duration.ofMinutes(5);

  /** Each channel sends no less than this part of what the fastest one sends in the same time. */
  private static final int PART = 5;

  @TempDir Path folder;

  @Test
  void each_channel_drains_its_backlog_beside_the_others() throws Exception {
    int brokerPort = ServiceProcess.freePort();
    try (var postgres = InstalledPostgres.create();
        var farEnds = new FarEnds();
        var broker = BrokerProcess.start(brokerPort)) {
      postgres.newDatabase();
      var settings = new HashMap<>(postgres.settings());
      settings.putAll(farEnds.settings());
      settings.put("SPRING_ACTIVEMQ_BROKER_URL", "tcp://127.0.0.1:" + brokerPort);
      var silent = new HashMap<>(settings);
      CHANNELS.forEach(channel -> silent.put(switchOf(channel), "false"));
      try (var service =
          ServiceProcess.start(Files.createDirectory(folder.resolve("silent")), silent)) {
        var funnel = farEnds.business(postgres.database());
        IntStream.range(0, CALLERS)
            .parallel()
            .forEach(
                caller -> {
                  for (int lead = caller; lead < LEADS; lead += CALLERS) {
                    var answer = service.caller().ask(funnel, "Ada " + lead);
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
                  }
                });
      }
      var drain = new Drain(farEnds);
      try (var service =
          ServiceProcess.start(Files.createDirectory(folder.resolve("sending")), settings)) {
        await().atMost(ON_A_BUSY_MACHINE).pollInterval(Duration.ofMillis(50)).until(drain::isOver);
      }
      System.out.println(drain);
      assertThat(drain.whenTheFirstWasDone.values())
          .as("sent when the first channel was done: %s", drain.whenTheFirstWasDone)
          .allMatch(sent -> sent >= LEADS / PART);
    }
  }

  private static String switchOf(String channel) {
    return "CHANNELS_" + channel.toUpperCase(Locale.ROOT) + "_ENABLED";
  }

  /** What has arrived of each channel, and how fast. */
  private static final class Drain {

    private final FarEnds farEnds;
    private final Map<String, Instant> begun = new LinkedHashMap<>();
    private final Map<String, Duration> took = new LinkedHashMap<>();
    private Map<String, Integer> whenTheFirstWasDone;

    Drain(FarEnds farEnds) {
      this.farEnds = farEnds;
    }

    /** Looks at what has arrived by now. */
    synchronized boolean isOver() {
      var now = Instant.now();
      var arrived =
          Map.of(
              "email", farEnds.mails().size(),
              "sms", farEnds.shortMessages().size(),
              "webhook", farEnds.webhooks().size());
      arrived.forEach(
          (channel, sent) -> {
            if (sent > 0) {
              begun.putIfAbsent(channel, now);
            }
            if (sent >= LEADS) {
              took.putIfAbsent(channel, Duration.between(begun.get(channel), now));
            }
          });
      if (whenTheFirstWasDone == null && !took.isEmpty()) {
        whenTheFirstWasDone = arrived;
      }
      return took.size() == arrived.size();
    }

    @Override
    public String toString() {
      return took.entrySet().stream()
          .map(
              each ->
                  "%s %.0f/s".formatted(each.getKey(), LEADS * 1000.0 / each.getValue().toMillis()))
          .collect(Collectors.joining(", ", "A backlog of " + LEADS + " each: ", ""));
    }
  }
}
