package com.callback.messaging.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at the worst moments. */
class KilledServiceIT {

  private static final List<Duration> MOMENTS =
      List.of(Duration.ZERO, Duration.ofMillis(20), Duration.ofMillis(100));

  @TempDir Path folder;

  @AfterEach
  void end() {
    new EmbeddedServer(folder).end();
  }

  @Test
  void a_lead_survives_a_killed_service() {
    var names = new ArrayList<String>();
    for (var moment : MOMENTS) {
      names.addAll(leadsOfAServiceKilledAfter(moment));
      assertThat(new EmbeddedServer(folder).isAlive())
          .as("the killed service's database lives on, and the next start copes with it")
          .isTrue();
    }
    try (var service = ServiceProcess.start(folder)) {
      for (var channel : List.of("email", "sms", "webhook")) {
        await()
            .atMost(Duration.ofSeconds(90))
            .pollInterval(Duration.ofMillis(250))
            .untilAsserted(
                () ->
                    assertThat(service.caller().missing(channel, names))
                        .as(() -> channel + ": " + states(channel))
                        .isEmpty());
      }
      assertThat(demos()).as("the demo is seeded once").isEqualTo(1);
    }
  }

  private List<String> leadsOfAServiceKilledAfter(Duration moment) {
    try (var service = ServiceProcess.start(folder)) {
      var names = new ArrayList<String>();
      for (int lead = 1; lead <= 3; lead++) {
        var name = "Lead " + lead + " killed after " + moment.toMillis() + " ms";
        service.caller().lead(name);
        names.add(name);
      }
      await().pollDelay(moment).until(() -> true);
      service.kill();
      return names;
    }
  }

  private String states(String channel) {
    return new EmbeddedServer(folder)
        .database()
        .sql(
            """
            select string_agg(concat_ws(' ', m.contact_name, d.state, d.attempts, d.last_error), '; ')
            from messaging.deliveries d join public.messages m on m.id = d.message_id
            where d.channel = ?""")
        .param(channel)
        .query(String.class)
        .single();
  }

  private int demos() {
    return new EmbeddedServer(folder)
        .database()
        .sql("select count(*) from public.funnels")
        .query(Integer.class)
        .single();
  }
}
