package com.callback.messaging.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The service with addresses for everything. */
class InstalledPartsIT {

  @TempDir static Path folder;

  @AutoClose private static InstalledParts parts;

  private static ServiceProcess service;
  private static JdbcClient database;

  @TempDir Path another;

  @BeforeAll
  static void start() {
    parts = new InstalledParts();
    service = parts.start(folder, parts.settings());
    database = parts.database();
  }

  @Test
  void the_broker_may_go_and_come_and_no_lead_waits_for_it() {
    var funnel = parts.farEnds().business(database);
    addSubscriptions(funnel);
    long before = parts.broker().handedOut("deliver.webhook");
    accepted(service, funnel, "Ada With Broker");
    parts.farEnds().awaitLead("Ada With Broker");
    await().until(() -> parts.broker().handedOut("deliver.webhook") > before);
    assertThat(service.caller().health("broker")).isEqualTo("UP");

    parts.broker().close();
    try {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> service.caller().health("broker").equals("DOWN"));
      assertThat(service.caller().isReady()).isTrue();
      accepted(service, funnel, "Ada Without Broker");
      parts.farEnds().awaitLead("Ada Without Broker");
    } finally {
      parts.restartBroker();
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              accepted(service, funnel, "Ada Again");
              return parts.broker().handedOut("deliver.webhook") > 0;
            });
    assertThat(service.caller().health("broker")).isEqualTo("UP");
    parts.farEnds().awaitLead("Ada Again");
    assertThat(service.errors()).isEmpty();
  }

  /** More than can leave at once with one lead: the others are announced through the broker. */
  private static void addSubscriptions(String funnel) {
    database
        .sql(
            """
            with added as (
              insert into messaging.webhook_subscriptions (business_id, url)
              select s.business_id, s.url
              from messaging.webhook_subscriptions s
              join public.funnels f on f.business_id = s.business_id
              cross join generate_series(1, 7)
              where f.id = ?::uuid
              returning id
            )
            insert into messaging.webhook_secrets (subscription_id, secret)
            select id, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' from added
            """)
        .param(funnel)
        .update();
  }

  @Test
  void intake_says_503_while_the_database_is_away_and_goes_on_when_it_is_back() {
    var funnel = parts.farEnds().business(database);
    accepted(service, funnel, "Ada Before");
    parts.postgres().stop();
    try {
      long begun = System.nanoTime();
      var answer = service.caller().ask(funnel, "Ada Unlucky");
      var took = Duration.ofNanos(System.nanoTime() - begun);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(service.caller().health("database")).isEqualTo("DOWN");
      assertThat(service.caller().isReady()).as("its balancer sends nobody").isFalse();
      System.out.printf(
          "Without its database the intake answered after %.1f s%n", took.toMillis() / 1000.0);
    } finally {
      parts.postgres().start();
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> service.caller().ask(funnel, "Ada After").statusCode() == 202);
    await().atMost(Duration.ofSeconds(30)).until(() -> service.caller().isReady());
    parts.farEnds().awaitLead("Ada Before");
    parts.farEnds().awaitLead("Ada After");
  }

  @Test
  void production_has_neither_sandbox_nor_demo() {
    var settings = parts.settings();
    settings.put("MESSAGING_MODE", "production");
    settings.put("CHANNELS_EMAIL_REQUIRE_TLS", "false");
    try (var service = ServiceProcess.start(another, settings)) {
      for (var path : List.of("/sandbox", "/sandbox/messages", "/f/demo")) {
        assertThat(service.caller().get(path).statusCode()).as(path).isEqualTo(404);
      }
      assertThat(service.output()).isEmpty();
      assertThat(service.errors()).isEmpty();
      assertThat(businesses()).isZero();
      var funnel = parts.farEnds().business(parts.database());
      accepted(service, funnel, "Ada In Production");
      parts.farEnds().awaitLead("Ada In Production");
    }
  }

  @Test
  void a_wrong_password_is_told() {
    var settings = parts.settings();
    settings.put("SPRING_DATASOURCE_PASSWORD", "wrong");
    assertThat(refusal(settings))
        .isEqualTo(
            "Callback Messaging did not start: The database at %s refuses user '%s': correct SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD.",
            parts.postgres().place(), InstalledPostgres.LOGIN);
  }

  @Test
  void a_login_that_may_not_enough_is_told_what_an_administrator_has_to_do() {
    var settings = parts.settings();
    settings.put("SPRING_DATASOURCE_USERNAME", "powerless");
    parts
        .database()
        .sql("create role powerless login password '%s'".formatted(InstalledPostgres.PASSWORD))
        .update();
    assertThat(refusal(settings)).contains("docs/sql/roles.sql");
  }

  private String refusal(Map<String, String> settings) {
    try (var service = ServiceProcess.launch(another, settings)) {
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.output()).isEmpty();
      assertThat(service.errors().lines()).hasSize(1);
      return service.errors().trim();
    }
  }

  private static void accepted(ServiceProcess service, String funnel, String name) {
    var answer = service.caller().ask(funnel, name);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  private static int businesses() {
    return parts
        .database()
        .sql("select count(*) from public.businesses")
        .query(Integer.class)
        .single();
  }
}
