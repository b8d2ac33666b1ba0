package com.callback.messaging.people.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A person gives machines keys of their business, and takes them back. */
@ServiceTest
class ApiKeysTest {

  private static final String ALL = "/api/api-keys";

  @Autowired Service service;
  @Autowired MovableClock clock;

  Business business;
  ApiCaller owner;

  @BeforeEach
  void an_owner() {
    business = service.businessWithoutChannels();
    owner = new ApiCaller(service, service.session(business, "owner"));
  }

  @Test
  void a_key_is_shown_once_and_opens_what_its_scopes_say() {
    var made = make(Map.of("name", "The CRM", "scopes", List.of("funnels:read", "audit:read")));

    assertThat(made.get("key").asText())
        .matches("cbk_[0-9a-f]{64}")
        .startsWith(made.get("prefix").asText());
    assertThat(made.get("scopes").toString()).isEqualTo("[\"audit:read\",\"funnels:read\"]");
    var machine = machine(made);
    machine.ask(200, "GET", "/api/funnels", null);
    machine.ask(403, "GET", "/api/webhook-subscriptions", null);
    var listed = owner.ask(200, "GET", ALL, null).get("keys").get(0);
    assertThat(listed.get("key").isNull()).isTrue();
    assertThat(listed.get("name").asText()).isEqualTo("The CRM");
    assertThat(listed.get("lastUsedAt").isNull()).isFalse();
    assertThat(listed.get("createdBy").isNull()).isFalse();
    var kept =
        service
            .database()
            .sql("select t::text from messaging.api_keys t where business_id = ?")
            .param(business.id())
            .query(String.class)
            .single();
    assertThat(kept).doesNotContain(made.get("key").asText());
  }

  @Test
  void a_revoked_key_is_refused_from_the_next_call_on() {
    var made = make(Map.of("name", "x", "scopes", List.of("funnels:read")));
    machine(made).ask(200, "GET", "/api/funnels", null);
    var path = ALL + "/" + made.get("id").asText();

    owner.ask(204, "DELETE", path, null);

    machine(made).ask(401, "GET", "/api/funnels", null);
    assertThat(owner.ask(200, "GET", ALL, null).at("/keys/0/revokedAt").isNull()).isFalse();
    owner.ask(204, "DELETE", path, null);
  }

  @Test
  void an_expired_key_is_refused() {
    var end = clock.instant().plus(Duration.ofHours(1));
    var made =
        make(Map.of("name", "x", "scopes", List.of("funnels:read"), "expiresAt", end.toString()));
    machine(made).ask(200, "GET", "/api/funnels", null);
    clock.advance(Duration.ofMinutes(61));
    machine(made).ask(401, "GET", "/api/funnels", null);
  }

  @Test
  void a_key_of_another_business_is_not_there() {
    var theirs = make(Map.of("name", "x", "scopes", List.of("funnels:read")));
    var other = new ApiCaller(service, service.session(service.businessWithoutChannels(), "owner"));
    assertThat(other.ask(200, "GET", ALL, null).get("keys")).isEmpty();
    other.ask(404, "DELETE", ALL + "/" + theirs.get("id").asText(), null);
    machine(theirs).ask(200, "GET", "/api/funnels", null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"x\",\"scopes\":[]}",
        "{\"name\":\"x\",\"scopes\":[\"keys:write\"]}",
        "{\"name\":\"x\",\"scopes\":[\"contacts:erase\"]}",
        "{\"name\":\"x\",\"scopes\":[\"audit:read\",\"audit:read\"]}",
        "{\"name\":\" \",\"scopes\":[\"audit:read\"]}",
        "{\"scopes\":[\"audit:read\"]}",
        "{\"name\":\"x\",\"scopes\":[\"audit:read\"],\"expiresAt\":\"2001-01-01T00:00:00Z\"}",
        "{\"name\":\"x\",\"scopes\":[\"audit:read\"],\"expiresAt\":\"tomorrow\"}"
      })
  void what_no_machine_may_have_is_refused(String body) {
    owner.ask(400, "POST", ALL, body);
    assertThat(owner.ask(200, "GET", ALL, null).get("keys")).isEmpty();
  }

  @Test
  void neither_a_machine_nor_an_agent_makes_keys() {
    var body = Map.of("name", "x", "scopes", List.of("audit:read"));
    var machine =
        new ApiCaller(service, service.key(business, "keys:read", "keys:write", "audit:read"));
    machine.ask(403, "POST", ALL, body);
    var agent = new ApiCaller(service, service.session(business, "agent"));
    agent.ask(403, "POST", ALL, body);
    agent.ask(403, "GET", ALL, null);
  }

  @Test
  void there_is_room_for_a_hundred_live_ones() {
    service
        .database()
        .sql(
            "insert into messaging.api_keys (business_id, name, prefix, hash) select ?::uuid, 'x', 'cbk_' || left(gen_random_uuid()::text, 8), sha256(convert_to(gen_random_uuid()::text, 'UTF8')) from generate_series(1, 100)")
        .param(business.id())
        .update();
    var body = Map.of("name", "x", "scopes", List.of("audit:read"));
    owner.ask(409, "POST", ALL, body);
    var one = owner.ask(200, "GET", ALL, null).at("/keys/0/id").asText();
    owner.ask(204, "DELETE", ALL + "/" + one, null);
    owner.ask(201, "POST", ALL, body);
  }

  @Test
  void who_made_and_who_ended_a_key_stands_in_the_audit_trail() {
    var made = make(Map.of("name", "x", "scopes", List.of("funnels:read")));
    owner.ask(204, "DELETE", ALL + "/" + made.get("id").asText(), null);
    var entries = owner.ask(200, "GET", "/api/audit", null).get("items");
    assertThat(entries)
        .extracting(entry -> entry.get("action").asText())
        .containsExactly("revokeApiKey", "createApiKey");
    assertThat(entries)
        .allSatisfy(
            entry -> {
              assertThat(entry.get("actorKind").asText()).isEqualTo("person");
              assertThat(entry.get("actorId").isNull()).isFalse();
              assertThat(entry.get("subject").asText()).isEqualTo(made.get("id").asText());
            });
    assertThat(entries.toString()).doesNotContain(made.get("key").asText());
  }

  private JsonNode make(Map<String, Object> body) {
    return owner.ask(201, "POST", ALL, body);
  }

  private ApiCaller machine(JsonNode made) {
    return new ApiCaller(service, made.get("key").asText());
  }
}
