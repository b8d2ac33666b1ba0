package com.callback.messaging.delivery.confirmation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A member is notified at an address of their own once somebody there has read a code out. */
@ServiceTest
class MemberAddressesTest {

  private static final String PATH = "/api/notification-addresses";
  private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");

  @Autowired Service service;
  @Autowired PersonCaller.Crowd crowd;
  @Autowired CodesInTests codes;

  private Business business;
  private PersonCaller kim;

  @BeforeEach
  void a_member_who_is_asked_for_codes() {
    codes.require(true);
    business = service.businessWithoutChannels();
    kim = crowd.member(business, "agent");
  }

  @AfterEach
  void nobody_is_asked_for_codes() {
    codes.require(false);
  }

  @Test
  void a_number_is_used_once_its_code_is_given() {
    var pending = set(200, "sms", business.phone());
    assertThat(pending.get("recipient").isNull()).isTrue();
    assertThat(pending.get("pendingRecipient").asText()).isEqualTo(business.phone());
    assertThat(escalated()).isZero();

    var confirmed = confirm(200, "sms", codeFor(business.phone()));

    assertThat(confirmed.get("recipient").asText()).isEqualTo(business.phone());
    assertThat(confirmed.get("pendingRecipient").isNull()).isTrue();
    assertThat(confirmed.get("isOwn").asBoolean()).isTrue();
    assertThat(escalated()).isEqualTo(1);
  }

  @Test
  void owners_see_that_there_is_a_number_and_nobody_else_sees_anything() {
    codes.require(false);
    set(200, "sms", business.phone());
    var owner = crowd.member(business, "owner");
    assertThat(
            kimAmong(owner.ask(200, "GET", "/api/members", null))
                .get("confirmedAddresses")
                .toString())
        .isEqualTo("[\"sms\"]");
    var viewer = new ApiCaller(service, service.session(business, "viewer"));
    assertThat(kimAmong(viewer.ask(200, "GET", "/api/members", null)).has("confirmedAddresses"))
        .isFalse();
    assertThat(owner.ask(200, "GET", PATH, null).toString()).doesNotContain(business.phone());
    assertThat(owner.ask(200, "GET", "/api/audit", null).toString())
        .contains("setNotificationAddress")
        .doesNotContain(business.phone());
  }

  @Test
  void mails_go_to_the_sign_in_address_unless_another_one_is_confirmed() {
    assertThat(address("email").get("recipient").asText()).isEqualTo(kim.email());
    assertThat(address("email").get("isOwn").asBoolean()).isFalse();
    assertThat(set(200, "email", kim.email()).get("pendingRecipient").isNull()).isTrue();

    set(200, "email", business.email());
    assertThat(address("email").get("recipient").asText()).isEqualTo(kim.email());
    confirm(200, "email", codeFor(business.email()));
    assertThat(address("email").get("recipient").asText()).isEqualTo(business.email());

    for (int i = 0; i < 2; i++) {
      kim.ask(204, "DELETE", PATH + "/email", null);
    }
    assertThat(address("email").get("recipient").asText()).isEqualTo(kim.email());
  }

  @Test
  void a_wrong_code_confirms_nothing() {
    set(200, "sms", business.phone());
    var code = codeFor(business.phone());
    var wrong = code.equals("000000") ? "000001" : "000000";
    assertThat(confirmBy(400, "sms", wrong).at("/errors/0/field").asText()).isEqualTo("code");
    assertThat(address("sms").get("recipient").isNull()).isTrue();
    kim.ask(204, "DELETE", PATH + "/sms", null);
    assertThat(confirmBy(409, "sms", code).get("type").asText()).endsWith("nothing-to-confirm");
  }

  @ParameterizedTest
  @CsvSource({
    "sms,kim@example.com",
    "sms,02 9876 5432",
    "sms,12",
    "email,0491 570 006",
    "email,'a@example.com, b@example.com'"
  })
  void an_address_that_is_none_is_refused(String type, String recipient) {
    var refused = kim.ask(400, "PUT", PATH + "/" + type, Map.of("recipient", recipient));
    assertThat(refused.at("/errors/0/field").asText()).isEqualTo("recipient");
    assertThat(address(type).get("pendingRecipient").isNull()).isTrue();
  }

  private JsonNode set(int status, String type, String recipient) {
    kim.ask(status, "PUT", PATH + "/" + type, Map.of("recipient", recipient));
    return address(type);
  }

  private JsonNode confirm(int status, String type, String code) {
    confirmBy(status, type, code);
    return address(type);
  }

  private JsonNode confirmBy(int status, String type, String code) {
    return kim.ask(status, "POST", PATH + "/" + type + "/confirm", Map.of("code", code));
  }

  private JsonNode address(String type) {
    for (var each : kim.ask(200, "GET", PATH, null).get("items")) {
      if (each.get("type").asText().equals(type)) {
        return each;
      }
    }
    throw new AssertionError("There is no " + type);
  }

  private JsonNode kimAmong(JsonNode members) {
    for (var each : members) {
      if (each.get("id").asText().equals(kim.id().toString())) {
        return each;
      }
    }
    throw new AssertionError("Kim is no member");
  }

  private String codeFor(String recipient) {
    await().until(() -> !service.caught(recipient).isEmpty());
    var code = CODE.matcher(service.caught(recipient).get(0).get("body").asText());
    assertThat(code.find()).isTrue();
    return code.group();
  }

  /** How many SMS an escalation sends. */
  private int escalated() {
    var lead =
        service.lead(
            business,
            Map.of("contactName", "Ada", "contactEmail", UUID.randomUUID() + "@example.com"));
    return service
        .database()
        .sql(
            "select messaging.notify_members(?, ?, 'escalated', 'test', array[?]::uuid[], '{sms}', now(), null)")
        .params(business.id(), lead, kim.id())
        .query(Integer.class)
        .single();
  }
}
