package com.callback.messaging.delivery.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Addresses that a business does not write to, on every channel. */
@ServiceTest
class SuppressionsTest {

  private static final Map<String, Object> ADA =
      Map.of("contactName", "Ada", "contactPhone", "+61 491 570 006");

  @Autowired Service service;

  private Business business;

  @BeforeEach
  void a_business() {
    business = service.business();
  }

  @Test
  void a_suppressed_address_is_not_written_to_on_its_channel_however_it_is_written() {
    suppress("email", business.email().toUpperCase(java.util.Locale.ROOT), "bounced");
    suppress("sms", business.email(), "unsubscribed");

    var lead = service.lead(business, ADA);
    service.awaitDeliveries(business);

    assertThat(deliveries(lead))
        .containsEntry("email", "failed")
        .containsEntry("sms", "sent")
        .containsEntry("webhook", "delivered");
    assertThat(service.caught(business.email())).isEmpty();
    assertThat(error(lead, "email"))
        .isEqualTo(
            "Suppressed (bounced): to write to the recipient again, delete its entry of GET /api/suppressions");
  }

  @Test
  void a_suppressed_number_gets_no_sms() {
    suppress("sms", business.phone(), "unsubscribed");
    var lead = service.lead(business, ADA);
    service.awaitDeliveries(business);
    assertThat(deliveries(lead)).containsEntry("email", "sent");
    assertThat(error(lead, "sms")).startsWith("Suppressed (unsubscribed): ");
    assertThat(service.caught(business.phone())).isEmpty();
  }

  @Test
  void the_suppression_of_another_business_changes_nothing() {
    var other = service.businessWithoutChannels();
    insert(other, "email", business.email(), "bounced");
    var lead = service.lead(business, ADA);
    service.awaitDeliveries(business);
    assertThat(deliveries(lead)).containsEntry("email", "sent");
  }

  @Test
  void a_delivery_that_is_claimed_later_is_checked_as_well() {
    var lead = service.lead(business, ADA);
    service.awaitDeliveries(business);
    suppress("email", business.email(), "complained");
    var delivery =
        service
            .database()
            .sql("select id from messaging.deliveries where message_id = ? and channel = 'email'")
            .param(lead)
            .query(UUID.class)
            .single();

    new ApiCaller(service, service.session(business, "agent"))
        .ask(200, "POST", "/api/deliveries/" + delivery + "/retry", null);

    await().until(() -> deliveries(lead).get("email"), "failed"::equals);
    assertThat(error(lead, "email")).startsWith("Suppressed (complained): ");
  }

  @Test
  void a_sign_in_link_that_a_person_asked_for_is_mailed_all_the_same() {
    var address = "owner-of-" + business.id() + "@example.com";
    suppress("email", address, "complained");
    service
        .database()
        .sql(
            "insert into messaging.deliveries (business_id, cause, period, channel, recipient, next_attempt_at, payload, created_at, updated_at) values (?, 'account', ?, 'email', ?, now(), cast(? as jsonb), now(), now())")
        .params(
            business.id(),
            "invitation " + UUID.randomUUID(),
            address,
            "{\"notice\":\"webhook-disabled\",\"url\":\"https://example.com\"}")
        .update();
    await().until(() -> service.caught(address).size() == 1);
  }

  @Test
  void the_list_is_paged_by_time_and_filtered_by_channel() {
    for (int i = 0; i < 3; i++) {
      suppress("email", i + "@example.com", "bounced");
    }
    suppress("sms", "+61491570006", "unsubscribed");
    var key = new ApiCaller(service, service.key(business, "deliveries:read", "messages:read"));

    var first = key.ask(200, "GET", "/api/suppressions?channel=email&limit=2", null);
    assertThat(first.get("items").findValuesAsText("address"))
        .containsExactly("2@example.com", "1@example.com");
    var rest =
        key.ask(
            200,
            "GET",
            "/api/suppressions?channel=email&limit=2&cursor=" + first.get("next").asText(),
            null);
    assertThat(rest.get("items").findValuesAsText("address")).containsExactly("0@example.com");
    assertThat(rest.get("next").isNull()).isTrue();
    assertThat(key.ask(200, "GET", "/api/suppressions", null).get("items")).hasSize(4);
  }

  @Test
  void an_agent_deletes_a_suppression_and_a_viewer_may_not() {
    suppress("email", "kim@example.com", "bounced");
    var viewer = new ApiCaller(service, service.session(business, "viewer"));
    var id = viewer.ask(200, "GET", "/api/suppressions", null).at("/items/0/id").asText();

    viewer.ask(403, "DELETE", "/api/suppressions/" + id, null);
    new ApiCaller(service, service.key(business, "deliveries:write", "messages:read"))
        .ask(204, "DELETE", "/api/suppressions/" + id, null);

    assertThat(viewer.ask(200, "GET", "/api/suppressions", null).get("items")).isEmpty();
    assertThat(
            service
                .database()
                .sql(
                    "select action from messaging.audit_entries where business_id = ? and subject = ?")
                .params(business.id(), id)
                .query(String.class)
                .list())
        .containsExactly("deleteSuppression");
  }

  private void suppress(String channel, String address, String reason) {
    insert(business, channel, address, reason);
  }

  private void insert(Business owner, String channel, String address, String reason) {
    service
        .database()
        .sql(
            "insert into messaging.suppressions (business_id, channel, address, reason, created_at) values (?, ?, ?, ?, clock_timestamp())")
        .params(owner.id(), channel, address, reason)
        .update();
  }

  /** The state of each channel's delivery. */
  private Map<String, String> deliveries(UUID lead) {
    return service
        .database()
        .sql(
            "select channel, state from messaging.deliveries where message_id = ? and cause = 'lead'")
        .param(lead)
        .query((row, number) -> List.of(row.getString(1), row.getString(2)))
        .stream()
        .collect(java.util.stream.Collectors.toMap(pair -> pair.get(0), pair -> pair.get(1)));
  }

  private String error(UUID lead, String channel) {
    return service
        .database()
        .sql(
            "select last_error from messaging.deliveries where message_id = ? and channel = ? and cause = 'lead'")
        .params(lead, channel)
        .query(String.class)
        .single();
  }
}
