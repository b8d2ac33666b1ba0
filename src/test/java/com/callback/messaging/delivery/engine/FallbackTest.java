package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.Service.Business;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Where one channel fails for good the next one takes over, as the business wants it. */
class FallbackTest extends PlayedProviders {

  @Test
  void a_refused_mail_becomes_an_sms() {
    var business = wanting(Map.of("email", List.of("sms"), "sms", List.of("email")), "email");
    MAIL.refuse(550);
    var lead = leadOf(business);

    await().until(() -> is(lead, "sms", "sent"));

    assertThat(state(delivery(lead, "email"))).isEqualTo("failed");
    assertThat(timeline(lead)).contains("delivery.fell_back", "delivery.failed");
    assertThat(timeline(lead)).doesNotContain("message.unreached");
    var shown = api(business, "GET", "/api/deliveries/" + delivery(lead, "sms"), null, 200);
    assertThat(shown.get("fallbackOf").asText()).isEqualTo(delivery(lead, "email").toString());
    assertThat(isUnreached(lead)).isFalse();
    assertThat(MAIL_STANDBY.taken(business.email())).as("refused for good").isEmpty();
  }

  @Test
  void a_business_without_an_address_is_reached_by_sms() {
    var business = wanting(Map.of("email", List.of("sms")), "email");
    service
        .database()
        .sql(
            "update public.message_channels set config = '{}' where business_id = ? and channel_type = 'email'")
        .param(business.id())
        .update();
    MAIL.refuse(451);
    MAIL_STANDBY.refuse(451);
    var lead = leadOf(business);
    await().until(() -> is(lead, "sms", "sent"));
  }

  @Test
  void a_refused_sms_becomes_a_mail() {
    var business = wanting(Map.of("sms", List.of("email")), "sms");
    FIRST.answers(400);
    var lead = leadOf(business);
    await().until(() -> is(lead, "email", "sent"));
    assertThat(MAIL.taken(business.email())).hasSize(1);
  }

  @Test
  void an_sms_that_nobody_knows_of_becomes_a_mail_when_no_receipt_came() {
    var business = wanting(Map.of("sms", List.of("email")), "sms");
    FIRST.answers(200, Map.of(), "what?");
    var lead = leadOf(business);
    var sms = delivery(lead, "sms");
    becomes(sms, "unknown");
    assertThat(isUnreached(lead)).as("a receipt may still come").isFalse();

    clock.advance(Duration.ofMinutes(11));

    await().until(() -> is(lead, "email", "sent"));
    assertThat(state(sms)).isEqualTo("unknown");
    assertThat(isUnreached(lead)).isFalse();
  }

  @Test
  void an_sms_that_nobody_knows_of_is_seen_as_such_and_sent_again_by_hand() {
    var business = wanting(Map.of(), "sms");
    FIRST.answers(200, Map.of(), "what?");
    var lead = leadOf(business);
    var sms = delivery(lead, "sms");
    becomes(sms, "unknown");
    assertThat(smsStatus(lead)).as("a receipt may still come").isEqualTo("pending");

    clock.advance(Duration.ofMinutes(11));

    await().until(() -> isUnreached(lead));
    assertThat(smsStatus(lead)).isEqualTo("failed");
    var shown = api(business, "GET", "/api/deliveries?state=unknown", null, 200).get("items");
    assertThat(shown).hasSize(1);
    assertThat(shown.get(0).get("outcomeUnknown").asBoolean()).isTrue();
    var figures = api(business, "GET", "/api/deliveries/undelivered", null, 200);
    assertThat(figures.get("count").asInt()).isEqualTo(1);
    assertThat(figures.get("channels"))
        .filteredOn(channel -> channel.get("channel").asText().equals("sms"))
        .extracting(channel -> channel.get("unknown").asInt())
        .containsExactly(1);

    api(business, "POST", "/api/deliveries/" + sms + "/retry", null, 200);
    becomes(sms, "sent");
    assertThat(smsStatus(lead)).isEqualTo("sent");
    assertThat(isUnreached(lead)).isFalse();
  }

  @Test
  void a_lead_that_no_channel_brought_anywhere_is_marked_and_found() {
    var business = wanting(Map.of("email", List.of("sms"), "sms", List.of("email")), "email");
    MAIL.refuse(550);
    FIRST.usually(400, Map.of(), "");
    var lead = leadOf(business);

    await().until(() -> isUnreached(lead));

    assertThat(timeline(lead)).containsOnlyOnce("message.unreached", "delivery.fell_back");
    assertThat(api(business, "GET", "/api/deliveries?unreached=true", null, 200).get("items"))
        .extracting(item -> item.get("channel").asText() + " " + item.get("state").asText())
        .contains("email failed", "sms failed");
  }

  @Test
  void a_lead_of_a_business_that_is_told_of_nothing_is_marked_at_once() {
    var lead = service.lead(service.businessWithoutChannels(), ADA);
    assertThat(isUnreached(lead)).isTrue();
    assertThat(timeline(lead)).containsExactly("message.created", "message.unreached");
  }

  @Test
  void without_a_list_there_is_no_fallback() {
    var business = wanting(Map.of(), "email");
    MAIL.refuse(550);
    var lead = leadOf(business);
    await().until(() -> isUnreached(lead));
    assertThat(timeline(lead)).doesNotContain("delivery.fell_back");
  }

  @Test
  void an_address_that_is_corrected_is_used_by_a_retry_and_by_what_is_still_to_be_tried() {
    var business = business("email");
    MAIL.refuse(550);
    var refused = delivery(service.lead(business, ADA), "email");
    becomes(refused, "failed");
    MAIL.refuse(451);
    MAIL_STANDBY.refuse(451);
    var waiting = delivery(service.lead(business, ADA), "email");
    await().until(() -> attempts(waiting) == 2 && state(waiting).equals("pending"));
    MAIL.refuse(0);
    MAIL_STANDBY.refuse(0);
    var corrected = "right-" + business.email();
    service
        .database()
        .sql(
            "update public.message_channels set config = jsonb_build_object('to', cast(? as text)) where business_id = ? and channel_type = 'email'")
        .params(corrected, business.id())
        .update();

    api(business, "POST", "/api/deliveries/" + refused + "/retry", null, 200);
    becomes(refused, "sent");
    clock.advance(Duration.ofSeconds(7));
    becomes(waiting, "sent");

    var taken = new ArrayList<>(MAIL.taken(corrected));
    taken.addAll(MAIL_STANDBY.taken(corrected));
    assertThat(taken).hasSize(2);
    assertThat(MAIL.taken(business.email())).isEmpty();
    var attempts = api(business, "GET", "/api/deliveries/" + refused + "/attempts", null, 200);
    assertThat(attempts.get("items"))
        .extracting(call -> call.get("recipient").asText())
        .containsExactly(business.email(), corrected);
    assertThat(api(business, "GET", "/api/deliveries/" + refused, null, 200).get("recipient"))
        .hasToString("\"" + corrected + "\"");
  }

  private String smsStatus(UUID lead) {
    return service
        .database()
        .sql("select sms_status from public.messages where id = ?")
        .param(lead)
        .query(String.class)
        .single();
  }

  private Business wanting(Map<String, List<String>> fallbacks, String channel) {
    var business = business(channel);
    api(business, "PUT", "/api/fallbacks", Map.of("fallbacks", fallbacks), 200);
    return business;
  }

  /** Owed to the channels that are on until now; the others are there to fall back to. */
  private UUID leadOf(Business business) {
    var preferences =
        "insert into public.notification_preferences (business_id, email_new_messages, sms_urgent_only) select business_id, bool_or(is_enabled and channel_type = 'email'), not bool_or(is_enabled and channel_type = 'sms') from public.message_channels where business_id = ? group by business_id";
    service.database().sql(preferences).param(business.id()).update();
    service
        .database()
        .sql(
            "update public.message_channels set is_enabled = channel_type <> 'webhook' where business_id = ?")
        .param(business.id())
        .update();
    return service.lead(business, ADA);
  }
}
