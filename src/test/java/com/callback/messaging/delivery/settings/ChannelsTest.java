package com.callback.messaging.delivery.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.intake.screening.Floods;
import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.FarEnd;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A business says how it is told of its leads, and tries whether that works. */
@ServiceTest
class ChannelsTest {

  private static final String ALL = "/api/channels";

  /** One of those that are kept for fiction; no other test sends anything there. */
  private static final String MOBILE = "+61491573087";

  @Autowired Service service;
  @Autowired Floods floods;

  Business business;
  ApiCaller owner;

  @BeforeEach
  void an_owner() {
    business = service.businessWithoutChannels();
    owner = new ApiCaller(service, service.session(business, "owner"));
  }

  @Test
  void a_business_that_set_up_nothing_sees_what_there_is() {
    var channels = owner.ask(200, "GET", ALL, null).get("channels");
    assertThat(channels).extracting(each -> each.get("type").asText()).contains("email", "sms");
    assertThat(channels)
        .allSatisfy(
            each -> {
              assertThat(each.get("isEnabled").asBoolean()).isFalse();
              assertThat(each.get("recipient").isNull()).isTrue();
              assertThat(each.get("updatedAt").isNull()).isTrue();
            });
    assertThat(channel("email").get("isServed").asBoolean()).isTrue();
    assertThat(channel("email").get("providers").toString()).isEqualTo("[\"smtp\"]");
    assertThat(channel("webhook").get("subscriptions").toString())
        .isEqualTo("{\"total\":0,\"enabled\":0}");
  }

  @Test
  void a_change_replaces_what_is_given_and_nothing_else() {
    assertThat(change(200, "email", Map.of("recipient", " kim@example.com ")).toString())
        .startsWith("{\"type\":\"email\",\"isEnabled\":false,")
        .contains("\"recipient\":\"kim@example.com\"");
    change(200, "email", Map.of("isEnabled", true));
    assertThat(channel("email").get("recipient").asText()).isEqualTo("kim@example.com");
    assertThat(channel("email").get("isEnabled").asBoolean()).isTrue();
    change(200, "email", Map.of("recipient", "kim@faß.de"));
    assertThat(channel("email").get("recipient").asText()).isEqualTo("kim@xn--fa-hia.de");
    change(200, "email", Map.of("recipient", "lee@example.com"));
    assertThat(channel("email").get("isEnabled").asBoolean()).isTrue();
    change(200, "email", "{\"isEnabled\":false,\"recipient\":null}");
    assertThat(channel("email").get("recipient").isNull()).isTrue();
  }

  @Test
  void what_a_platform_keeps_beside_it_stays() {
    service
        .database()
        .sql(
            "insert into public.message_channels (business_id, channel_type, config) values (?, 'email', '{\"to\":\"kim@example.com\",\"theme\":\"blue\"}')")
        .param(business.id())
        .update();
    var changed = change(200, "email", Map.of("recipient", "lee@example.com"));
    assertThat(changed.toString()).doesNotContain("blue");
    assertThat(
            service
                .database()
                .sql(
                    "select config ->> 'theme' || ' ' || (config ->> 'to') from public.message_channels where business_id = ?")
                .param(business.id())
                .query(String.class)
                .single())
        .isEqualTo("blue lee@example.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0491 573 087",
        "+61 491 573 087",
        "(0491) 573-087",
        "0061491573087",
        "٠٤٩١٥٧٣٠٨٧"
      })
  void a_number_is_kept_in_its_international_form(String typed) {
    assertThat(
            change(200, "sms", Map.of("isEnabled", true, "recipient", typed))
                .get("recipient")
                .asText())
        .isEqualTo(MOBILE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "email   | nobody",
        "email   | kim@example.com, lee@example.com",
        "email   | Kim <kim@example.com>",
        "sms     | call me",
        "sms     | 0491 573",
        "sms     | +61 2 5550 0000",
        "webhook | https://crm.example.com"
      })
  void a_recipient_that_cannot_be_reached_is_named(String type, String recipient) {
    var refused = change(400, type, Map.of("recipient", recipient));
    assertThat(refused.get("errors")).hasSize(1);
    assertThat(refused.at("/errors/0/field").asText()).isEqualTo("recipient");
    assertThat(channel(type).get("updatedAt").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"email", "sms"})
  void a_channel_that_goes_nowhere_is_not_switched_on(String type) {
    assertThat(change(400, type, Map.of("isEnabled", true)).at("/errors/0/field").asText())
        .isEqualTo("recipient");
    var way = type.equals("sms") ? MOBILE : "kim@example.com";
    change(200, type, Map.of("isEnabled", true, "recipient", way));
    change(400, type, "{\"recipient\":null}");
    assertThat(channel(type).get("recipient").asText()).isEqualTo(way);
  }

  @Test
  void what_is_owed_to_a_channel_that_is_off_waits_until_it_is_on() {
    change(200, "email", Map.of("isEnabled", true, "recipient", business.email()));
    service
        .database()
        .sql(
            "insert into messaging.deliveries (business_id, cause, period, channel, target_id, next_attempt_at, created_at, updated_at) select business_id, 'digest', 'daily:2999-01-01', 'email', id, '2999-01-01', now(), now() from public.message_channels where business_id = ? and channel_type = 'email'")
        .param(business.id())
        .update();
    change(200, "email", Map.of("isEnabled", false));
    await().until(() -> states().equals(List.of("held")));
    change(200, "email", Map.of("isEnabled", true));
    await().until(() -> states().equals(List.of("pending")));
  }

  @Test
  void a_channel_that_there_is_not_is_told_so_with_those_there_are() {
    assertThat(change(404, "pigeon", Map.of("isEnabled", true)).get("detail").asText())
        .contains("email", "sms", "webhook");
    owner.ask(404, "POST", ALL + "/pigeon/test", null);
    owner.ask(400, "POST", ALL + "/No%20Channel/test", null);
  }

  @Test
  void the_senders_domain_is_checked_for_owners_only() {
    // Mails of the tests come from localhost, which nobody looks up.
    var checked = owner.ask(200, "GET", "/api/email-domain", null);
    assertThat(checked.get("domain").asText()).isEqualTo("localhost");
    assertThat(checked.get("advice").asText()).contains("CHANNELS_EMAIL_FROM");
    assertThat(checked.get("checks")).isEmpty();
    new ApiCaller(service, service.session(business, "agent"))
        .ask(403, "GET", "/api/email-domain", null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent", "viewer"})
  void other_members_look_and_change_nothing(String role) {
    var member = new ApiCaller(service, service.session(business, role));
    member.ask(200, "GET", ALL, null);
    member.ask(403, "PATCH", ALL + "/email", Map.of("recipient", "kim@example.com"));
    member.ask(403, "POST", ALL + "/email/test", null);
    assertThat(channel("email").get("recipient").isNull()).isTrue();
  }

  @Test
  void a_change_and_a_test_stand_in_the_audit_trail_without_what_they_held() {
    change(200, "email", Map.of("recipient", business.email()));
    test("email");
    var noted = owner.ask(200, "GET", "/api/audit", null).get("items");
    assertThat(noted)
        .extracting(each -> each.get("action").asText() + " " + each.get("subject").asText())
        .containsExactly("testChannel email", "changeChannel email");
    assertThat(noted.toString()).doesNotContain(business.email());
  }

  // Tests

  @Test
  void a_test_by_mail_goes_to_the_recipient_whether_or_not_the_channel_is_on() {
    change(200, "email", Map.of("recipient", business.email()));
    var delivery = test("email").get(0);
    assertThat(delivery.get("recipient").asText()).isEqualTo(business.email());
    assertThat(delivery.get("cause").asText()).isEqualTo("test");

    assertThat(ended(delivery).get("state").asText()).isEqualTo("sent");
    var mail = service.caught(business).get(0);
    assertThat(mail.get("to").asText()).isEqualTo(business.email());
    assertThat(mail.get("subject").asText()).isEqualTo("Test: mails arrive for Test business");
    assertThat(mail.get("body").asText())
        .contains("This is a test.", "owner-", "Test business", "nobody to call");
  }

  @Test
  void a_test_by_sms_is_one_short_message() {
    change(200, "sms", Map.of("recipient", "0491 573 087"));
    assertThat(ended(test("sms").get(0)).get("state").asText()).isEqualTo("sent");
    assertThat(service.caught(MOBILE))
        .allSatisfy(
            each ->
                assertThat(each.get("body").asText())
                    .startsWith("Test of Test business: this number gets an SMS")
                    .hasSizeLessThan(161))
        .isNotEmpty();
  }

  @Test
  void a_test_of_webhooks_goes_to_each_subscription_that_is_enabled() {
    try (var first = new FarEnd();
        var second = new FarEnd();
        var off = new FarEnd()) {
      subscribe(first);
      subscribe(second);
      owner.ask(200, "POST", "/api/webhook-subscriptions/" + subscribe(off) + "/disable", Map.of());
      assertThat(channel("webhook").get("subscriptions").toString())
          .isEqualTo("{\"total\":3,\"enabled\":2}");

      var deliveries = test("webhook");

      assertThat(deliveries).hasSize(2);
      deliveries.forEach(
          each -> assertThat(ended(each).get("state").asText()).isEqualTo("delivered"));
      for (var receiver : List.of(first, second)) {
        assertThat(receiver.calls()).hasSize(1);
        assertThat(service.json(receiver.calls().get(0).body()).get("type").asText())
            .isEqualTo("webhook.test");
      }
      assertThat(off.calls()).isEmpty();
    }
  }

  @Test
  void a_test_that_does_not_arrive_says_why_and_is_not_tried_again() {
    try (var broken = new FarEnd().usually(503, Map.of(), "down for the night")) {
      subscribe(broken);
      var delivery = test("webhook").get(0);
      var ended = ended(delivery);
      assertThat(ended.get("state").asText()).isEqualTo("failed");
      assertThat(ended.get("lastError").asText()).contains("503");
      assertThat(broken.calls()).hasSize(1);

      var attempts =
          owner.ask(
              200, "GET", "/api/deliveries/" + delivery.get("id").asText() + "/attempts", null);
      assertThat(attempts.at("/items/0/answer").asText()).isEqualTo("down for the night");
      assertThat(attempts.at("/request/body"))
          .isEqualTo(service.json(broken.calls().get(0).body()));
    }
  }

  @Test
  void a_test_without_anybody_to_go_to_is_told_so() {
    for (var type : List.of("email", "sms", "webhook")) {
      var refused = owner.ask(409, "POST", ALL + "/" + type + "/test", null);
      assertThat(refused.get("type").asText()).endsWith("channel-without-recipient");
    }
    assertThat(states()).isEmpty();
  }

  @Test
  void a_request_that_comes_again_sends_nothing_more() {
    change(200, "email", Map.of("recipient", business.email()));
    var key = UUID.randomUUID().toString();
    var first = testWithKey(key);
    var second = testWithKey(key);
    assertThat(first).isEqualTo(second);
    assertThat(states()).hasSize(1);
  }

  @Test
  void who_tests_too_often_is_told_when_to_come_again() {
    change(200, "email", Map.of("recipient", business.email()));
    var answer =
        floods.during(
            "refused tests " + business.id(), () -> owner.call("POST", ALL + "/email/test", null));
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("7");
    assertThat(states()).isEmpty();
  }

  private JsonNode change(int status, String type, Object body) {
    return owner.ask(status, "PATCH", ALL + "/" + type, body);
  }

  private JsonNode channel(String type) {
    for (var each : owner.ask(200, "GET", ALL, null).get("channels")) {
      if (each.get("type").asText().equals(type)) {
        return each;
      }
    }
    throw new AssertionError("No channel " + type);
  }

  private JsonNode test(String type) {
    return owner.ask(202, "POST", ALL + "/" + type + "/test", null).get("deliveries");
  }

  private String testWithKey(String key) {
    var answer =
        service.send(
            HttpRequest.newBuilder(service.at(ALL + "/email/test"))
                .header(
                    "Cookie", "callback_session=" + owner.credential() + "; XSRF-TOKEN=anything")
                .header("X-XSRF-TOKEN", "anything")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.noBody()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return service.json(answer.body()).at("/deliveries/0/id").asText();
  }

  private String subscribe(FarEnd receiver) {
    return owner
        .ask(201, "POST", "/api/webhook-subscriptions", Map.of("url", receiver.url()))
        .get("id")
        .asText();
  }

  private JsonNode ended(JsonNode delivery) {
    var path = "/api/deliveries/" + delivery.get("id").asText();
    return await()
        .until(
            () -> owner.ask(200, "GET", path, null),
            each -> !List.of("pending", "sending").contains(each.get("state").asText()));
  }

  private List<String> states() {
    return service
        .database()
        .sql("select state from messaging.deliveries where business_id = ?")
        .param(business.id())
        .query(String.class)
        .list();
  }
}
