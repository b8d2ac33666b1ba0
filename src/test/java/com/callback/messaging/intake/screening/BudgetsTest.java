package com.callback.messaging.intake.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.intake.submission.PublishedContract;
import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What costs money or reaches strangers is bounded per business and day. */
@ServiceTest
class BudgetsTest {

  @Autowired Service service;
  @Autowired PersonCaller.Crowd crowd;
  @Autowired MovableClock clock;
  @Autowired Floods floods;

  private Service.Business business;

  @BeforeEach
  void a_business() {
    business = service.business();
  }

  @Test
  void the_budgets_that_the_contract_names_are_those_that_there_are() {
    var named = new TreeSet<String>();
    for (var path : PublishedContract.at("/paths")) {
      named.addAll(path.findValuesAsText("x-budget"));
    }
    assertThat(named).containsExactly("invitations", "replies", "retries", "tests");
  }

  @Test
  void an_invitation_beyond_the_day_s_budget_is_refused_until_the_next_day() {
    var owner = crowd.ownerById(business);
    spend("invitations", 50);
    var body = Map.of("email", "new-" + business.id() + "@example.com", "role", "viewer");

    var refused = owner.call("POST", "/api/invitations", body);

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    var problem = service.json(refused.body());
    assertThat(problem.path("budget").asText()).isEqualTo("invitations");
    assertThat(problem.path("limit").asInt()).isEqualTo(50);
    assertThat(problem.path("detail").asText())
        .contains("50 invitations", problem.path("freeAt").asText())
        .contains("MESSAGING_BUDGETS_INVITATIONS");
    assertThat(owner.ask(200, "GET", "/api/invitations", null)).isEmpty();
    assertThat(used("invitations")).isEqualTo(50);

    clock.advance(Duration.ofDays(1));
    owner.ask(201, "POST", "/api/invitations", body);
    assertThat(used("invitations")).isEqualTo(1);
  }

  @Test
  void replies_retries_replays_and_tests_have_a_budget_each() {
    var key =
        new ApiCaller(
            service,
            service.key(
                business,
                "messages:read",
                "messages:write",
                "deliveries:read",
                "deliveries:write",
                "webhooks:read",
                "webhooks:write"));
    var lead =
        service.lead(business, Map.of("contactName", "Ada", "contactEmail", "ada@example.com"));
    await()
        .until(
            () ->
                service
                        .database()
                        .sql(
                            "select count(*) from messaging.deliveries where message_id = ? and state in ('pending', 'sending')")
                        .param(lead)
                        .query(Long.class)
                        .single()
                    == 0);
    var delivery =
        service
            .database()
            .sql(
                "update messaging.deliveries set state = 'failed', ended_at = now() where message_id = ? and channel = 'sms' returning id")
            .param(lead)
            .query(UUID.class)
            .optional();
    assertThat(delivery).isPresent();
    var webhook =
        key.ask(
            201,
            "POST",
            "/api/webhook-subscriptions",
            Map.of("url", service.at("/sandbox/webhook").toString()));
    spend("replies", 500);
    spend("retries", 20_000);
    spend("tests", 100);

    refused(
        "replies",
        key.ask(
            429,
            "POST",
            "/api/messages/" + lead + "/replies",
            Map.of("channel", "email", "text", "Hello")));
    refused("retries", key.ask(429, "POST", "/api/deliveries/" + delivery.get() + "/retry", null));
    refused(
        "retries",
        key.ask(429, "POST", "/api/deliveries/replay?state=failed", Map.of("expectedCount", 1)));
    refused(
        "tests",
        key.ask(
            429,
            "POST",
            "/api/webhook-subscriptions/" + webhook.path("id").asText() + "/test",
            null));
    refused(
        "tests",
        service.json(
            crowd.ownerById(business).call("POST", "/api/channels/email/test", null).body()));
  }

  @Test
  void leads_of_a_key_beyond_the_day_s_budget_are_held_and_never_refused() {
    var key = service.key(business, "messages:write");
    var answer =
        floods.during(
            "held in a day keys business " + business.id(),
            () ->
                service.call(
                    "POST",
                    "/api/messages",
                    key,
                    Map.of(
                        "funnelId",
                        business.funnel(),
                        "contactName",
                        "Ada",
                        "contactPhone",
                        "0412345678")));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(
            service
                .database()
                .sql("select quarantine_reason from public.messages where business_id = ?")
                .param(business.id())
                .query(String.class)
                .single())
        .isEqualTo(SpamSignal.TOO_MANY);
  }

  private static void refused(String budget, JsonNode problem) {
    assertThat(problem.path("type").asText()).endsWith(":budget-spent");
    assertThat(problem.path("budget").asText()).isEqualTo(budget);
  }

  private void spend(String budget, int used) {
    service
        .database()
        .sql(
            "insert into messaging.budget_use (business_id, day, budget, used) values (?, ?, ?, ?)")
        .params(business.id(), today(), budget, used)
        .update();
  }

  private int used(String budget) {
    return service
        .database()
        .sql(
            "select used from messaging.budget_use where business_id = ? and budget = ? and day = ?")
        .params(business.id(), budget, today())
        .query(Integer.class)
        .single();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
