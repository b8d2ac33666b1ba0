package com.callback.messaging.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.FarEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service with addresses for everything: an installed PostgreSQL, a broker in a process of its
 * own, and far ends of somebody else.
 */
class InstalledPartsIT {

  private static InstalledPostgres postgres;

  @TempDir Path folder;
  private final int brokerPort = ServiceProcess.freePort();
  private FarEnds farEnds;
  private BrokerProcess broker;

  @BeforeAll
  static void startPostgres() {
    postgres = InstalledPostgres.create();
  }

  @AfterAll
  static void stopPostgres() {
    if (postgres != null) {
      postgres.close();
    }
  }

  @BeforeEach
  void startTheRest() {
    postgres.newDatabase();
    farEnds = new FarEnds();
    broker = BrokerProcess.start(brokerPort);
  }

  @AfterEach
  void stopTheRest() {
    broker.close();
    farEnds.close();
  }

  @Test
  void the_broker_may_go_and_come_and_no_lead_waits_for_it() {
    try (var service = ServiceProcess.start(folder, settings())) {
      var funnel = farEnds.business(postgres.database());
      accepted(service, funnel, "Ada With Broker");
      farEnds.awaitLead("Ada With Broker");
      await().until(() -> broker.handedOut("deliver.webhook") > 0);
      assertThat(service.caller().health("broker")).isEqualTo("UP");

      broker.close();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> service.caller().health("broker").equals("DOWN"));
      assertThat(service.caller().isReady()).isTrue();
      accepted(service, funnel, "Ada Without Broker");
      farEnds.awaitLead("Ada Without Broker");

      broker = BrokerProcess.start(brokerPort);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                accepted(service, funnel, "Ada Again");
                return broker.handedOut("deliver.webhook") > 0;
              });
      assertThat(service.caller().health("broker")).isEqualTo("UP");
      farEnds.awaitLead("Ada Again");
      assertThat(service.errors()).isEmpty();
    }
  }

  @Test
  void intake_says_503_while_the_database_is_away_and_goes_on_when_it_is_back() {
    try (var service = ServiceProcess.start(folder, settings())) {
      var funnel = farEnds.business(postgres.database());
      accepted(service, funnel, "Ada Before");
      postgres.stop();
      try {
        long begun = System.nanoTime();
        var answer = service.caller().ask(funnel, "Ada Unlucky");
        var took = Duration.ofNanos(System.nanoTime() - begun);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.headers().firstValue("Content-Type"))
            .hasValue("application/problem+json");
        assertThat(service.caller().health("database")).isEqualTo("DOWN");
        assertThat(service.caller().isReady()).as("its balancer sends nobody").isFalse();
        System.out.printf(
            "Without its database the intake answered after %.1f s%n", took.toMillis() / 1000.0);
      } finally {
        postgres.start();
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> service.caller().ask(funnel, "Ada After").statusCode() == 202);
      await().atMost(Duration.ofSeconds(30)).until(() -> service.caller().isReady());
      farEnds.awaitLead("Ada Before");
      farEnds.awaitLead("Ada After");
    }
  }

  @Test
  void two_instances_on_one_database_do_nothing_twice() throws Exception {
    var first = Files.createDirectory(folder.resolve("first"));
    var second = Files.createDirectory(folder.resolve("second"));
    var settings = settings();
    settings.put("DIGESTS_CHECK_CRON", "* * * * * ?");
    settings.put("DIGESTS_DAILY_AT", "00:00");
    try (var one = ServiceProcess.start(first, settings);
        var two = ServiceProcess.start(second, settings)) {
      var funnel = farEnds.business(postgres.database());
      aLeadOfYesterday(funnel);
      for (int lead = 1; lead <= 20; lead++) {
        accepted(lead % 2 == 0 ? one : two, funnel, "Ada Number %02d".formatted(lead));
      }
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> count("state in ('sent', 'delivered')") >= 61 && count("true") == ended());
      assertThat(count("cause = 'digest' and period like 'daily:%'")).isEqualTo(1);
      assertThat(count("cause = 'lead'")).isEqualTo(60);
      assertThat(farEnds.shortMessages()).hasSize(20);
      assertThat(farEnds.webhooks()).hasSize(20);
      assertThat(names(farEnds.webhooks())).hasSize(20);
      assertThat(farEnds.mails()).hasSize((int) count("channel = 'email'"));
      assertThat(farEnds.mails().stream().map(FarEnds::id)).doesNotHaveDuplicates();
    }
  }

  @Test
  void production_has_neither_sandbox_nor_demo() {
    var settings = settings();
    settings.put("MESSAGING_MODE", "production");
    settings.put("CHANNELS_EMAIL_REQUIRE_TLS", "false");
    try (var service = ServiceProcess.start(folder, settings)) {
      for (var path : List.of("/sandbox", "/sandbox/messages", "/f/demo")) {
        assertThat(service.caller().get(path).statusCode()).as(path).isEqualTo(404);
      }
      assertThat(service.output()).isEmpty();
      assertThat(service.errors()).isEmpty();
      assertThat(businesses()).isZero();
      var funnel = farEnds.business(postgres.database());
      accepted(service, funnel, "Ada In Production");
      farEnds.awaitLead("Ada In Production");
    }
  }

  @Test
  void a_wrong_password_is_told() {
    var settings = settings();
    settings.put("SPRING_DATASOURCE_PASSWORD", "wrong");
    assertThat(refusal(settings))
        .isEqualTo(
            "Callback Messaging did not start: The database at %s refuses user '%s': correct SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD.",
            postgres.place(), InstalledPostgres.LOGIN);
  }

  @Test
  void a_login_that_may_not_enough_is_told_what_an_administrator_has_to_do() {
    var settings = settings();
    settings.put("SPRING_DATASOURCE_USERNAME", "powerless");
    postgres
        .database()
        .sql("create role powerless login password '%s'".formatted(InstalledPostgres.PASSWORD))
        .update();
    assertThat(refusal(settings)).contains("docs/sql/roles.sql");
  }

  private String refusal(Map<String, String> settings) {
    try (var service = ServiceProcess.launch(folder, settings)) {
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.output()).isEmpty();
      assertThat(service.errors().lines()).hasSize(1);
      return service.errors().trim();
    }
  }

  private Map<String, String> settings() {
    var settings = new HashMap<>(postgres.settings());
    settings.putAll(farEnds.settings());
    settings.put("SPRING_ACTIVEMQ_BROKER_URL", "tcp://127.0.0.1:" + brokerPort);
    return settings;
  }

  private static void accepted(ServiceProcess service, String funnel, String name) {
    var answer = service.caller().ask(funnel, name);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  private static void aLeadOfYesterday(String funnel) {
    postgres
        .database()
        .sql("update public.message_channels set created_at = now() - interval '2 days'")
        .update();
    postgres
        .database()
        .sql(
            """
            insert into public.messages (funnel_id, business_id, contact_name, created_at)
            select id, business_id, 'Ada Yesterday', now() - interval '1 day'
            from public.funnels where id = ?::uuid
            """)
        .param(funnel)
        .update();
  }

  private static long count(String which) {
    return postgres
        .database()
        .sql("select count(*) from messaging.deliveries where " + which)
        .query(Long.class)
        .single();
  }

  private static long ended() {
    return count("state in ('sent', 'delivered', 'unknown', 'failed', 'cancelled')");
  }

  private static List<String> names(List<FarEnd.Call> calls) {
    return new ArrayList<>(calls)
        .stream().map(call -> call.headers().get("webhook-id")).distinct().toList();
  }

  private static int businesses() {
    return postgres
        .database()
        .sql("select count(*) from public.businesses")
        .query(Integer.class)
        .single();
  }
}
