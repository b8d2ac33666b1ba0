package com.callback.messaging.delivery.confirmation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Leads go to a new recipient once somebody there has read a code out. */
@ServiceTest
class ConfirmedRecipientsTest {

  private static final Pattern CODE = Pattern.compile("^[0-9]{6}");

  /** One of those that are kept for fiction; no other test sends anything there. */
  private static final String MOBILE = "+61491573092";

  @Autowired Service service;
  @Autowired MovableClock clock;
  @Autowired CodesInTests codes;

  private Business business;
  private ApiCaller owner;

  @BeforeEach
  void an_owner_who_is_asked_for_codes() {
    codes.require(true);
    business = service.businessWithoutChannels();
    owner = new ApiCaller(service, service.session(business, "owner"));
  }

  @AfterEach
  void nobody_is_asked_for_codes() {
    codes.require(false);
  }

  @Test
  void a_first_recipient_holds_leads_until_its_code_is_given() {
    var channel = change(200, "email", Map.of("isEnabled", true, "recipient", business.email()));
    assertThat(channel.path("recipient").isNull()).isTrue();
    assertThat(channel.path("pendingRecipient").asText()).isEqualTo(business.email());
    assertThat(channel.at("/confirmation/triesLeft").asInt()).isEqualTo(5);
    var lead = lead();
    assertThat(deliveries(lead)).containsExactly("held unconfirmed recipient");
    var code = codeFor(business.email());

    var confirmed = confirm(200, "email", code);

    assertThat(confirmed.path("recipient").asText()).isEqualTo(business.email());
    assertThat(confirmed.path("confirmedAt").isTextual()).isTrue();
    assertThat(confirmed.path("pendingRecipient").isNull()).isTrue();
    await().until(() -> deliveries(lead).equals(List.of("sent ")));
    assertThat(owner.ask(200, "GET", "/api/audit", null).toString())
        .contains("\"confirmChannel\"")
        .doesNotContain(business.email(), code);
  }

  @Test
  void a_new_recipient_leaves_the_old_one_in_place_until_its_code_is_given() {
    codes.require(false);
    change(200, "email", Map.of("isEnabled", true, "recipient", business.email()));
    codes.require(true);
    var another = "another-" + business.email();
    var channel = change(200, "email", Map.of("recipient", another));
    assertThat(channel.path("recipient").asText()).isEqualTo(business.email());
    var lead = lead();
    await().until(() -> deliveries(lead).equals(List.of("sent ")));
    assertThat(service.caught(business.email())).isNotEmpty();

    confirm(200, "email", codeFor(another));

    assertThat(channel("email").path("recipient").asText()).isEqualTo(another);
  }

  @Test
  void a_wrong_code_uses_up_a_try_although_the_operation_is_undone() {
    change(200, "email", Map.of("recipient", business.email()));
    var code = codeFor(business.email());
    var wrong = code.equals("000000") ? "000001" : "000000";
    for (int left = 4; left > 1; left--) {
      assertThat(confirm(400, "email", wrong).at("/errors/0/detail").asText())
          .contains(left + " tries are left");
    }
    confirm(400, "email", wrong);
    confirm(400, "email", wrong);
    assertThat(confirm(409, "email", code).path("type").asText()).endsWith("code-over");
    assertThat(channel("email").path("recipient").isNull()).isTrue();
    assertThat(channel("email").at("/confirmation/triesLeft").asInt()).isZero();
  }

  @Test
  void a_code_by_sms_is_short_and_another_one_takes_a_minute() {
    change(200, "sms", Map.of("recipient", MOBILE));
    var first = codeFor(MOBILE);
    change(429, "sms", Map.of("recipient", MOBILE));
    clock.advance(Duration.ofSeconds(61));
    change(200, "sms", Map.of("recipient", MOBILE));
    await().until(() -> service.caught(MOBILE).size() >= 2);
    var second = codeFor(MOBILE);
    assertThat(second).isNotEqualTo(first);
    confirm(400, "sms", first);
    confirm(200, "sms", second.substring(0, 3) + " " + second.substring(3));
    assertThat(channel("sms").path("recipient").asText()).isEqualTo(MOBILE);
  }

  @Test
  void a_code_is_over_after_ten_minutes() {
    change(200, "email", Map.of("recipient", business.email()));
    var code = codeFor(business.email());
    clock.advance(Duration.ofMinutes(10));
    assertThat(confirm(409, "email", code).path("title").asText()).contains("expired");
  }

  @Test
  void nothing_waits_where_no_recipient_is_new_and_nonsense_is_no_code() {
    assertThat(confirm(409, "email", "123456").path("type").asText())
        .endsWith("nothing-to-confirm");
    owner.ask(404, "POST", "/api/channels/pigeon/confirm", Map.of("code", "123456"));
    for (var wrong : List.of("12345", "1234567", "12345a", "")) {
      assertThat(confirm(400, "email", wrong).at("/errors/0/field").asText()).isEqualTo("code");
    }
    new ApiCaller(service, service.session(business, "agent"))
        .ask(403, "POST", "/api/channels/email/confirm", Map.of("code", "123456"));
  }

  @Test
  void a_recipient_that_the_platform_writes_counts_at_once() {
    change(200, "email", Map.of("isEnabled", true, "recipient", "pending-" + business.email()));
    var lead = lead();
    service
        .database()
        .sql(
            "update public.message_channels set config = jsonb_build_object('to', ?), updated_at = ? where business_id = ?")
        .params(business.email(), java.sql.Timestamp.from(clock.instant()), business.id())
        .update();
    await().until(() -> deliveries(lead).equals(List.of("sent ")));
    assertThat(channel("email").path("confirmedAt").isNull()).isTrue();
  }

  @Test
  void a_test_needs_a_confirmed_recipient() {
    change(200, "email", Map.of("recipient", business.email()));
    assertThat(owner.ask(409, "POST", "/api/channels/email/test", null).path("detail").asText())
        .contains("confirm it");
  }

  private UUID lead() {
    return service.lead(business, Map.of("contactName", "Ada", "contactPhone", "+61 491 570 006"));
  }

  private List<String> deliveries(UUID lead) {
    return service
        .database()
        .sql(
            "select state || ' ' || coalesce(held_reason, '') from messaging.deliveries where message_id = ?")
        .param(lead)
        .query(String.class)
        .list();
  }

  /** What stands at the beginning of the subject of the last mail, or of the last SMS. */
  private String codeFor(String address) {
    await().until(() -> !service.caught(address).isEmpty());
    var caught = service.caught(address).get(0);
    var text =
        address.startsWith("+") ? caught.path("body").asText() : caught.path("subject").asText();
    var code = CODE.matcher(text);
    assertThat(code.find()).as(text).isTrue();
    return code.group();
  }

  private JsonNode change(int status, String type, Map<String, ?> body) {
    return owner.ask(status, "PATCH", "/api/channels/" + type, body);
  }

  private JsonNode confirm(int status, String type, String code) {
    return owner.ask(status, "POST", "/api/channels/" + type + "/confirm", Map.of("code", code));
  }

  private JsonNode channel(String type) {
    for (var each : owner.ask(200, "GET", "/api/channels", null).path("channels")) {
      if (each.path("type").asText().equals(type)) {
        return each;
      }
    }
    throw new AssertionError("There is no channel " + type);
  }
}
