package com.callback.messaging.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Who did what can be read afterwards, and nobody can make it unsaid. */
@ServiceTest
class AuditTrailTest {

  private static final String ALL = "/api/webhook-subscriptions";
  private static final String[] SCOPES = {
    "audit:read",
    "webhooks:read",
    "webhooks:write",
    "deliveries:read",
    "deliveries:write",
    "messages:read"
  };

  @Autowired Service service;
  @Autowired MovableClock clock;

  Business business;
  ApiCaller caller;

  @BeforeEach
  void a_business_with_a_key() {
    business = service.businessWithoutChannels();
    caller = new ApiCaller(service, service.key(business, SCOPES));
  }

  @Test
  void a_change_is_noted_with_its_fields_but_not_with_what_they_held() {
    var id = subscribe();
    caller.ask(
        200,
        "PATCH",
        ALL + "/" + id,
        Map.of("url", "https://example.com/secret-place", "headers", Map.of("X-Token", "s3cret")));

    var entries = entries("");

    assertThat(entries).hasSize(2);
    var changed = entries.get(0);
    assertThat(changed.get("action").asText()).isEqualTo("changeWebhookSubscription");
    assertThat(changed.get("subject").asText()).isEqualTo(id);
    assertThat(changed.get("actorKind").asText()).isEqualTo("key");
    assertThat(changed.get("actorId").isNull()).isFalse();
    assertThat(changed.get("actor").asText())
        .isEqualTo("API key " + caller.credential().substring(0, 12));
    assertThat(changed.get("details").toString()).isEqualTo("{\"fields\":[\"headers\",\"url\"]}");
    assertThat(entries.get(1).get("action").asText()).isEqualTo("createWebhookSubscription");
    assertThat(entries.get(1).get("subject").asText()).isEqualTo(id);
    assertThat(entries.toString()).doesNotContain("secret-place", "s3cret");
  }

  @Test
  void every_operation_on_a_subscription_is_noted() {
    var id = subscribe();
    for (var each : List.of("/rotate-secret", "/test", "/disable", "/enable")) {
      service.call("POST", ALL + "/" + id + each, caller.credential(), null);
    }
    caller.ask(204, "DELETE", ALL + "/" + id, null);
    caller.ask(200, "PUT", "/api/fallbacks", Map.of("fallbacks", Map.of("email", List.of("sms"))));

    assertThat(entries(""))
        .extracting(entry -> entry.get("action").asText())
        .containsExactly(
            "setFallbacks",
            "deleteWebhookSubscription",
            "enableWebhookSubscription",
            "disableWebhookSubscription",
            "testWebhookSubscription",
            "rotateWebhookSecret",
            "createWebhookSubscription");
  }

  @Test
  void a_repair_of_many_is_noted_with_its_filter_and_what_came_of_it() {
    service
        .database()
        .sql(
            "insert into messaging.deliveries (business_id, cause, channel, state, next_attempt_at, created_at, updated_at) values (?, 'account', 'pigeon', 'failed', now(), now(), now())")
        .param(business.id())
        .update();
    caller.ask(200, "POST", "/api/deliveries/replay?state=failed", Map.of("expectedCount", 1));

    var details = entries("").get(0).get("details");

    assertThat(details.at("/filter/state").asText()).isEqualTo("failed");
    assertThat(details.at("/outcome/changed").asInt()).isEqualTo(1);
  }

  @Test
  void what_was_refused_is_not_noted_as_done() {
    var nowhere = ALL + "/" + business.id();
    caller.ask(404, "PATCH", nowhere, Map.of("description", "x"));
    caller.ask(404, "DELETE", nowhere, null);
    caller.ask(404, "POST", nowhere + "/disable", null);
    caller.ask(404, "POST", "/api/deliveries/" + business.id() + "/retry", null);
    caller.ask(409, "POST", "/api/deliveries/replay?state=failed", Map.of("expectedCount", 7));

    assertThat(entries("")).isEmpty();
  }

  @Test
  void pages_go_through_all_of_them_once_the_newest_first() {
    IntStream.range(0, 5).forEach(i -> subscribe());
    subscribeAll(3);
    var seen = new ArrayList<String>();
    var cursor = "";
    do {
      var page = caller.ask(200, "GET", "/api/audit?limit=3" + cursor, null);
      page.get("items").forEach(entry -> seen.add(entry.get("id").asText()));
      cursor = page.get("next").isNull() ? null : "&cursor=" + page.get("next").asText();
    } while (cursor != null);
    assertThat(seen).hasSize(8);
    assertThat(new HashSet<>(seen)).hasSize(8);
    assertThat(seen.stream().map(Long::valueOf).toList())
        .isSortedAccordingTo((one, other) -> Long.compare(other, one));
  }

  /** All in one moment. */
  private void subscribeAll(int count) {
    service
        .database()
        .sql(
            "insert into messaging.audit_entries (business_id, at, actor_kind, actor, action) select ?::uuid, date_trunc('second', now()) + interval '1 year', 'service', 'test', 'x' from generate_series(1, ?)")
        .params(business.id(), count)
        .update();
  }

  @Test
  void filters_narrow_what_is_shown() {
    var id = subscribe();
    clock.advance(Duration.ofSeconds(2));
    var between = clock.instant();
    clock.advance(Duration.ofSeconds(2));
    caller.ask(204, "DELETE", ALL + "/" + id, null);

    assertThat(entries("?action=deleteWebhookSubscription")).hasSize(1);
    assertThat(entries("?from=" + between)).hasSize(1);
    assertThat(entries("?to=" + between).get(0).get("action").asText())
        .isEqualTo("createWebhookSubscription");
    assertThat(entries("?actor=somebody")).isEmpty();
    assertThat(entries("?actor=API+key+" + caller.credential().substring(0, 12))).hasSize(2);
    caller.ask(400, "GET", "/api/audit?from=yesterday", null);
  }

  @Test
  void another_business_sees_nothing_of_it() {
    subscribe();
    var other = new ApiCaller(service, service.key(service.businessWithoutChannels(), SCOPES));
    assertThat(other.ask(200, "GET", "/api/audit", null).get("items")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update messaging.audit_entries set actor = 'nobody' where business_id = ?",
        "delete from messaging.audit_entries where business_id = ?"
      })
  void not_even_an_administrator_can_change_it(String statement) {
    subscribe();
    assertThatThrownBy(() -> service.database().sql(statement).param(business.id()).update())
        .rootCause()
        .hasMessageContaining("append-only");
    assertThatThrownBy(() -> service.database().sql("truncate messaging.audit_entries").update())
        .rootCause()
        .hasMessageContaining("append-only");
    assertThat(entries("")).hasSize(1);
  }

  @Test
  void it_goes_with_its_business() {
    subscribe();
    service
        .database()
        .sql("delete from public.businesses where id = ?")
        .param(business.id())
        .update();
    assertThat(
            service
                .database()
                .sql("select count(*) from messaging.audit_entries where business_id = ?")
                .param(business.id())
                .query(Integer.class)
                .single())
        .isZero();
  }

  private String subscribe() {
    return caller
        .ask(201, "POST", ALL, Map.of("url", "https://example.com/hook"))
        .get("id")
        .asText();
  }

  private List<JsonNode> entries(String query) {
    var entries = new ArrayList<JsonNode>();
    caller.ask(200, "GET", "/api/audit" + query, null).get("items").forEach(entries::add);
    return entries;
  }
}
