package com.callback.messaging.delivery.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A canary goes by HTTP into the running service and out by all channels. */
@ServiceTest
class CanaryTest {

  @Autowired Service service;
  @Autowired MovableClock clock;
  @Autowired ProducerTemplate routes;

  private final String id = UUID.randomUUID().toString();
  private final String mailbox = "canary-" + id + "@example.com";
  private final String operator = "operator-" + id + "@example.com";

  @AfterEach
  void no_canary_is_left() {
    service
        .database()
        .sql(
            "delete from public.businesses where id in (select business_id from messaging.canaries)")
        .update();
  }

  @Test
  void a_canary_arrives_by_every_channel_and_health_and_metrics_say_so() {
    check("/sandbox/webhook");

    arrives("/sandbox/webhook");

    assertThat(service.caught(mailbox)).hasSize(1);
    assertThat(service.caught("+61491570110")).isNotEmpty();
    assertThat(canary().path("status").asText()).isEqualTo("UP");
    assertThat(service.get("/actuator/prometheus").body())
        .contains("messaging_canary_failed 0.0")
        .containsPattern("messaging_canary_seconds\\{channel=\"webhook\"} [0-9]");
  }

  @Test
  void a_webhook_that_is_missing_is_reported_to_the_operator_and_so_is_its_return() {
    check("/actuator/nothing");
    await().until(this::sent, Set.of("email", "sms")::equals);
    clock.advance(Duration.ofMinutes(2));
    await()
        .until(
            () -> {
              check("/actuator/nothing");
              return canary();
            },
            health -> health.path("status").asText().equals("CANARY_MISSING"));
    assertThat(canary().path("details").path("missing").asText()).isEqualTo("webhook");
    assertThat(canary().path("details").path("reason").asText()).isNotEmpty();
    assertThat(service.get("/actuator/prometheus").body()).contains("messaging_canary_failed 1.0");
    assertThat(
            service.json(service.get("/actuator/health/readiness").body()).path("status").asText())
        .isEqualTo("UP");

    clock.advance(Duration.ofMinutes(5));
    check("/sandbox/webhook");
    arrives("/sandbox/webhook");

    var mails = await().until(() -> service.caught(operator), all -> all.size() == 2);
    assertThat(mails)
        .extracting(mail -> mail.path("subject").asText())
        .containsExactly("Canaries arrive again", "Canaries do not arrive: webhook");
    assertThat(mails.get(1).path("body").asText()).contains("Why: ", "Since: ");
  }

  private void arrives(String webhook) {
    await()
        .until(
            () -> {
              check(webhook);
              return canary().path("status").asText();
            },
            "UP"::equals);
  }

  /** The channels that have sent the canary. */
  private Set<String> sent() {
    return service
        .database()
        .sql(
            "select d.channel from messaging.deliveries d join messaging.canaries c on c.message_id = d.message_id where d.state = 'sent'")
        .query(String.class)
        .set();
  }

  private JsonNode canary() {
    return service.json(service.get("/actuator/health/books").body()).at("/components/canary");
  }

  private void check(String webhook) {
    var rules =
        service.text(
            Map.of(
                "everySeconds",
                300,
                "timeoutSeconds",
                120,
                "smsEverySeconds",
                3600,
                "email",
                mailbox,
                "sms",
                "+61491570110",
                "webhook",
                service.at(webhook).toString(),
                "operator",
                operator));
    var done =
        routes.request("direct:check-canary", exchange -> exchange.setVariable("rules", rules));
    assertThat(done.getException()).isNull();
  }
}
