package com.callback.messaging.delivery.channel.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What leads, replies and tests cost is one budget, and nothing waits when it is used up. */
@ServiceTest
class SmsBudgetTest {

  /** As {@link ServiceTest} says. */
  private static final int PER_DAY = 2_000;

  @Autowired Service service;
  @Autowired MovableClock clock;

  private Business business;
  private ApiCaller api;

  @BeforeEach
  void a_business() {
    business = service.business();
    api =
        new ApiCaller(
            service,
            service.key(
                business,
                "messages:read",
                "messages:write",
                "deliveries:read",
                "deliveries:write"));
  }

  @Test
  void over_the_budget_a_lead_goes_by_mail_at_once_and_its_timeline_says_why() {
    service
        .database()
        .sql(
            "insert into public.notification_preferences (business_id, email_new_messages) values (?, false)")
        .param(business.id())
        .update();
    api.ask(200, "PUT", "/api/fallbacks", Map.of("fallbacks", Map.of("sms", List.of("email"))));
    used(PER_DAY);

    var lead = lead("medium");

    await().until(() -> states(lead, "email").equals(List.of("sent")));
    assertThat(states(lead, "sms")).containsExactly("failed");
    assertThat(service.caught(business.phone())).isEmpty();
    var timeline = api.ask(200, "GET", "/api/messages/" + lead, null).toString();
    assertThat(timeline)
        .contains("delivery.fell_back")
        .contains("The SMS budget of the day is used up: 2000 parts");
    var day = usage().path("day");
    assertThat(day.path("refused").asInt()).isEqualTo(1);
    assertThat(day.path("remaining").asInt()).isZero();
    assertThat(service.caught(business.email()).stream().map(mail -> mail.path("subject").asText()))
        .contains("SMS budget of the day used up");
  }

  @Test
  void only_urgent_leads_use_the_reserve() {
    used(PER_DAY * 9 / 10);
    var normal = lead("medium");
    await().until(() -> states(normal, "sms").equals(List.of("failed")));

    service.forgetRequests(business);
    var urgent = lead("urgent");
    await().until(() -> states(urgent, "sms").equals(List.of("sent")));
  }

  @Test
  void a_lead_a_reply_and_a_test_are_charged_with_their_parts_and_price() {
    var lead = lead("medium");
    await().until(() -> states(lead, "sms").equals(List.of("sent")));
    var parts = usage().at("/day/parts").asInt();
    assertThat(parts).isBetween(1, 2);

    api.ask(
        201,
        "POST",
        "/api/messages/" + lead + "/replies",
        Map.of("channel", "sms", "text", "x".repeat(200)));
    service.awaitDeliveries(business);

    var month = usage().path("month");
    assertThat(month.path("parts").asInt()).isEqualTo(parts + 2);
    assertThat(month.path("messages").asInt()).isEqualTo(2);
    assertThat(month.path("cost").asDouble()).isEqualTo(0.08 * (parts + 2), within(1e-9));
    assertThat(usage().path("byCause").path("reply").asInt()).isEqualTo(2);
    assertThat(usage().path("byCause").path("lead").asInt()).isEqualTo(parts);
  }

  @Test
  void a_reply_over_the_budget_fails_and_is_not_sent() {
    var lead = lead("medium");
    await().until(() -> states(lead, "sms").equals(List.of("sent")));
    used(PER_DAY);

    var reply =
        api.ask(
            201,
            "POST",
            "/api/messages/" + lead + "/replies",
            Map.of("channel", "sms", "text", "On our way"));

    await()
        .until(
            () -> {
              var delivery =
                  api.ask(200, "GET", "/api/deliveries/" + reply.path("id").asText(), null);
              return delivery.path("state").asText().equals("failed")
                  && delivery.path("lastError").asText().contains("budget of the day");
            });
  }

  @Test
  void the_budget_is_whole_again_the_next_day() {
    used(PER_DAY);
    clock.advance(Duration.ofDays(1));
    var lead = lead("medium");
    await().until(() -> states(lead, "sms").equals(List.of("sent")));
  }

  @Test
  void the_operators_key_sets_limits_of_the_business_and_nobody_else_does() {
    var operator = new ApiCaller(service, service.key(business, "limits:write", "deliveries:read"));
    var wanted = Map.of("perDay", 40, "countries", List.of("NZ", "GB"));
    api.ask(403, "PUT", "/api/sms-limits", wanted);
    var owner = new ApiCaller(service, service.session(business, "owner"));
    owner.ask(403, "PUT", "/api/sms-limits", wanted);
    owner.ask(400, "POST", "/api/api-keys", Map.of("name", "x", "scopes", List.of("limits:write")));
    assertThat(operator.ask(200, "GET", "/api/sms-limits", null).path("perDay").isNull()).isTrue();

    assertThat(operator.ask(200, "PUT", "/api/sms-limits", wanted).path("countries").toString())
        .isEqualTo("[\"NZ\",\"GB\"]");

    assertThat(usage().at("/day/budget").asInt()).isEqualTo(40);
    assertThat(usage().at("/day/reserve").asInt()).isEqualTo(4);
    assertThat(usage().at("/month/budget").asInt()).isZero();
    assertThat(usage().path("countries").toString()).isEqualTo("[\"NZ\",\"GB\"]");
    var lead = lead("medium");
    await().until(() -> states(lead, "sms").equals(List.of("failed")));
    assertThat(
            owner
                .ask(400, "PATCH", "/api/channels/sms", Map.of("recipient", "+61491570156"))
                .at("/errors/0/detail")
                .asText())
        .contains("numbers of NZ, GB");
    var refused =
        api.ask(
            422,
            "POST",
            "/api/messages/" + lead + "/replies",
            Map.of("channel", "sms", "text", "On our way"));
    assertThat(refused.path("detail").asText()).contains("numbers of NZ, GB");
    assertThat(owner.ask(200, "GET", "/api/audit", null).at("/items/0/action").asText())
        .isEqualTo("setSmsLimits");
  }

  @Test
  void limits_that_make_no_sense_are_named() {
    var operator = new ApiCaller(service, service.key(business, "limits:write", "deliveries:read"));
    for (var wrong :
        List.of(
            Map.of("perDay", -1),
            Map.of("reserve", 91),
            Map.of("countries", List.of("XX")),
            Map.of("countries", List.of()),
            Map.of("perWeek", 1))) {
      var field = wrong.keySet().iterator().next();
      assertThat(operator.ask(400, "PUT", "/api/sms-limits", wrong).at("/errors/0/field").asText())
          .startsWith(field);
    }
    assertThat(operator.ask(200, "GET", "/api/sms-limits", null).path("updatedAt").isNull())
        .isTrue();
  }

  private UUID lead(String priority) {
    return service.lead(
        business,
        Map.of("contactName", "Ada", "contactPhone", "+61 491 570 006", "priority", priority));
  }

  private void used(int parts) {
    service
        .database()
        .sql(
            """
            insert into messaging.sms_usage (business_id, unit, begins_on, messages, parts) values (?, 'day', ?, ?, ?)
            on conflict (business_id, unit, begins_on) do update set parts = excluded.parts
            """)
        .params(business.id(), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC), parts, parts)
        .update();
  }

  private JsonNode usage() {
    return api.ask(200, "GET", "/api/usage", null).path("sms");
  }

  private List<String> states(UUID lead, String channel) {
    return service
        .database()
        .sql(
            "select state from messaging.deliveries where message_id = ? and channel = ? and cause = 'lead'")
        .params(lead, channel)
        .query(String.class)
        .list();
  }
}
