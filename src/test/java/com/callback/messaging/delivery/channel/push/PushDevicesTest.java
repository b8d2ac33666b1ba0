package com.callback.messaging.delivery.channel.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A member's browsers are reached through a push service that reads none of it. */
@ServiceTest
class PushDevicesTest {

  private static final String PATH = "/api/push-devices";
  private static final String EVENTS_OF_PUSH =
      "select coalesce(string_agg(distinct payload ->> 'event', ','), '') from messaging.deliveries where business_id = ? and channel = 'push'";

  @Autowired Service service;
  @Autowired PersonCaller.Crowd crowd;
  @Autowired MovableClock clock;

  private final Browser browser = new Browser();
  private PushService push;
  private Business business;
  private ApiCaller member;

  @BeforeEach
  void a_member_and_a_push_service() {
    push = new PushService(clock);
    business = service.businessWithoutChannels();
    member = new ApiCaller(service, service.session(business, "viewer"));
  }

  @AfterEach
  void stop() {
    push.close();
  }

  @Test
  void a_test_reaches_the_browser_encrypted_for_it() {
    var device = added();
    var delivery = member.ask(202, "POST", PATH + "/" + device + "/test", null);
    await().until(() -> state(delivery).equals("sent"));
    assertThat(push.refusals()).isEmpty();
    var message = push.messages().get(0);
    assertThat(message.key())
        .isEqualTo(member.ask(200, "GET", PATH, null).get("publicKey").asText());
    assertThat(message.urgency()).isEqualTo("high");
    assertThat(message.ttl()).isEqualTo("86400");
    var shown = service.json(browser.read(message.body()));
    assertThat(shown.get("title").asText()).isNotBlank();
    assertThat(shown.get("body").asText()).startsWith("Test, sent by ");
    assertThat(listed().get(0).get("lastAcceptedAt").asText()).isNotEmpty();
  }

  @Test
  void a_new_lead_rings_on_the_device_with_name_number_and_link() {
    added();
    var lead =
        service.lead(
            business,
            Map.of(
                "contactName",
                "Ada \"The\" Čapek {{x}}",
                "contactPhone",
                "0412 345 678",
                "priority",
                "urgent"));
    await().until(() -> !push.messages().isEmpty());
    assertThat(push.messages()).hasSize(1);
    var shown = service.json(browser.read(push.messages().get(0).body()));
    assertThat(shown.get("title").asText()).isEqualTo("Urgent: Ada \"The\" Čapek {{x}}");
    assertThat(shown.get("body").asText()).contains("A new lead", "0412 345 678");
    assertThat(shown.get("url").asText()).endsWith("/inbox/" + lead);
    assertThat(push.messages().get(0).topic()).isEqualTo(lead.toString().replace("-", ""));
  }

  @ParameterizedTest
  @CsvSource({"404", "410"})
  void a_subscription_that_has_ended_removes_the_device(int status) {
    var device = added();
    push.answersWith(status);
    var delivery = member.ask(202, "POST", PATH + "/" + device + "/test", null);
    await().until(() -> state(delivery).equals("failed"));
    assertThat(listed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"403", "413", "429", "500"})
  void a_test_that_fails_leaves_the_device(int status) {
    var device = added();
    push.answersWith(status);
    var delivery = member.ask(202, "POST", PATH + "/" + device + "/test", null);
    await().until(() -> state(delivery).equals("failed"));
    assertThat(listed()).hasSize(1);
  }

  @Test
  void the_same_browser_is_stored_once() {
    var first = added();
    var again = member.ask(201, "POST", PATH, device(push.origin() + "/1", browser, "New name"));
    assertThat(again.get("id").asText()).isEqualTo(first);
    assertThat(listed()).hasSize(1);
    assertThat(listed().get(0).get("label").asText()).isEqualTo("New name");
  }

  @Test
  void the_eleventh_device_is_refused() {
    for (var each = 0; each < 10; each++) {
      member.ask(201, "POST", PATH, device(push.origin() + "/" + each, new Browser(), "Phone"));
    }
    var refused =
        member.ask(409, "POST", PATH, device(push.origin() + "/10", new Browser(), "Phone"));
    assertThat(refused.get("type").asText()).endsWith(":too-many-devices");
  }

  @Test
  void nobody_else_sees_tests_or_removes_a_device() {
    var device = added();
    var owner = new ApiCaller(service, service.session(business, "owner"));
    assertThat(owner.ask(200, "GET", PATH, null).get("devices")).isEmpty();
    owner.ask(404, "POST", PATH + "/" + device + "/test", null);
    owner.ask(404, "DELETE", PATH + "/" + device, null);
    assertThat(listed()).hasSize(1);
    member.ask(204, "DELETE", PATH + "/" + device, null);
    assertThat(listed()).isEmpty();
  }

  @Test
  void a_browser_belongs_to_who_subscribed_last() {
    added();
    var owner = crowd.member(business, "owner");
    owner.ask(201, "POST", PATH, device(push.origin() + "/1", browser, "The same"));
    assertThat(listed()).isEmpty();
  }

  @Test
  void a_reminder_of_a_lead_is_no_new_lead() {
    var lead = service.lead(business, Map.of("contactName", "Ada", "contactPhone", "0412 345 678"));
    added();
    var agent = crowd.member(business, "agent");
    agent.ask(201, "POST", PATH, device(push.origin() + "/2", new Browser(), "Phone"));
    agent.ask(200, "PUT", "/api/messages/" + lead + "/reminder", Map.of("inMinutes", 5));
    clock.advance(Duration.ofMinutes(6));
    await().until(() -> !stored(EVENTS_OF_PUSH).isEmpty());
    clock.advance(Duration.ofMinutes(1));
    assertThat(stored(EVENTS_OF_PUSH)).isEqualTo("reminder");
  }

  @Test
  void whoever_leaves_the_business_is_not_reached_any_more() {
    var person = crowd.member(business, "agent");
    person.ask(201, "POST", PATH, device(push.origin() + "/1", browser, "Phone"));
    new ApiCaller(service, service.session(business, "owner"))
        .ask(204, "DELETE", "/api/members/" + person.id(), null);
    assertThat(stored("select count(*) from messaging.push_devices where business_id = ?"))
        .isEqualTo("0");
  }

  @Test
  void the_address_and_the_keys_are_sealed() {
    added();
    assertThat(stored("select device from messaging.push_devices where business_id = ?"))
        .startsWith("enc:v1:")
        .doesNotContain("127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({
    "endpoint, not-a-url, endpoint",
    "endpoint, https://10.1.2.3/send, endpoint",
    "endpoint, https://[::1]/send, endpoint",
    "p256dh, BAAA, keys.p256dh",
    "p256dh, '!', keys.p256dh",
    "auth, AAAA, keys.auth",
    "auth, '%%', keys.auth"
  })
  void what_no_browser_gives_is_named(String part, String value, String field) {
    var keys =
        Map.of(
            "p256dh", part.equals("p256dh") ? value : browser.p256dh(),
            "auth", part.equals("auth") ? value : browser.auth());
    var refused =
        member.ask(
            400,
            "POST",
            PATH,
            Map.of(
                "label",
                "Phone",
                "endpoint",
                part.equals("endpoint") ? value : push.origin() + "/1",
                "keys",
                keys));
    assertThat(refused.at("/errors/0/field").asText()).isEqualTo(field);
  }

  private String added() {
    return member
        .ask(201, "POST", PATH, device(push.origin() + "/1", browser, "Phone"))
        .get("id")
        .asText();
  }

  private static Map<String, Object> device(String endpoint, Browser browser, String label) {
    return Map.of(
        "label",
        label,
        "endpoint",
        endpoint,
        "keys",
        Map.of("p256dh", browser.p256dh(), "auth", browser.auth()));
  }

  private JsonNode listed() {
    return member.ask(200, "GET", PATH, null).get("devices");
  }

  private String state(JsonNode delivery) {
    return service
        .database()
        .sql("select state from messaging.deliveries where id = ?")
        .param(UUID.fromString(delivery.get("id").asText()))
        .query(String.class)
        .single();
  }

  private String stored(String query) {
    return service.database().sql(query).param(business.id()).query(String.class).single();
  }
}
