package com.callback.messaging.intake.submission;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What one accepted request leaves behind: the message, its event, and a delivery per target. */
@ServiceTest
class StoredLeadTest {

  private static final Map<String, Object> LEAD =
      Map.of("contactName", "Ada", "contactPhone", "0412 345 678");

  @Autowired Service service;
  Business business;

  @BeforeEach
  void set_up() {
    business = service.businessWithoutChannels();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u200b",
        "\u3164",
        "\u202e\u202d",
        "\u00ad\u2060",
        "\u2800 \ufe0f",
        "\u17b4\u17b5",
        "\udb40\udd00"
      })
  void a_name_of_which_nothing_can_be_seen_is_refused(String name) {
    var answer =
        service.post(
            Map.of(
                "funnelId",
                business.funnel(),
                "contactName",
                name,
                "contactPhone",
                "0412 345 678"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(service.json(answer.body()).at("/errors/0/field").asText()).isEqualTo("contactName");
  }

  @ParameterizedTest
  @CsvSource({
    "Ada \u202e, Ada",
    "\u2067Ada\u2069 Lovelace, Ada Lovelace",
    "محمد \u200fعلي, محمد \u200fعلي"
  })
  void a_name_does_not_turn_around_what_stands_behind_it(String typed, String kept) {
    var id = service.lead(business, Map.of("contactName", typed, "contactPhone", "0412 345 678"));
    assertThat(stored(id).get("contact_name").asText()).isEqualTo(kept);
  }

  @Test
  void each_field_lands_in_its_column_and_the_answer_says_the_same() {
    var answer =
        service.post(
            Map.of(
                "funnelId",
                business.funnel(),
                "businessId",
                business.id(),
                "type",
                "callback_request",
                "contactName",
                " Ada  Lovelace ",
                "contactPhone",
                "(0412) 345-678",
                "contactEmail",
                " ada@example.com ",
                "subject",
                " Solar\tpanels ",
                "message",
                " After five,\n please. ",
                "priority",
                "high",
                "metadata",
                Map.of("a", List.of(1, Map.of("b", "c")), "n", 1.5)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    var told = service.json(answer.body());
    var stored = stored(UUID.fromString(told.get("id").asText()));

    assertThat(stored.get("funnel_id").asText()).isEqualTo(business.funnel().toString());
    assertThat(stored.get("business_id").asText()).isEqualTo(business.id().toString());
    assertThat(stored.get("type").asText()).isEqualTo("callback_request");
    assertThat(stored.get("contact_name").asText()).isEqualTo("Ada  Lovelace");
    assertThat(stored.get("contact_phone").asText()).isEqualTo("(0412) 345-678");
    assertThat(stored.get("contact_phone_e164").asText()).isEqualTo("+61412345678");
    assertThat(stored.get("contact_email").asText()).isEqualTo("ada@example.com");
    assertThat(stored.get("subject").asText()).isEqualTo("Solar panels");
    assertThat(stored.get("message").asText()).isEqualTo(" After five,\n please. ");
    assertThat(stored.get("priority").asText()).isEqualTo("high");
    assertThat(stored.get("status").asText()).isEqualTo("unread");
    assertThat(stored.get("metadata"))
        .isEqualTo(service.json("{\"a\": [1, {\"b\": \"c\"}], \"n\": 1.5}"));

    assertThat(told.get("status").asText()).isEqualTo("unread");
    assertThat(Instant.parse(told.get("createdAt").asText()))
        .isEqualTo(instant(stored, "created_at"))
        .isEqualTo(instant(stored, "updated_at"));
    assertThat(answer.headers().firstValue("Location"))
        .hasValue("/api/messages/" + told.get("id").asText());
    assertThat(UUID.fromString(told.get("id").asText()).version()).isEqualTo(7);
  }

  @Test
  void what_is_left_out_is_null_or_has_its_documented_default() {
    var stored = stored(service.lead(business, LEAD));
    for (var column : List.of("contact_email", "subject", "message")) {
      assertThat(stored.get(column).isNull()).as(column).isTrue();
    }
    assertThat(stored.get("priority"))
        .isEqualTo(PublishedContract.schema("NewMessage").at("/properties/priority/default"));
    assertThat(stored.get("type"))
        .isEqualTo(PublishedContract.schema("NewMessage").at("/properties/type/default"));
    assertThat(stored.get("metadata")).isEmpty();
  }

  @Test
  void an_optional_field_that_is_null_or_blank_counts_as_left_out() {
    for (var nothing : new String[] {null, "", " ", "\u00a0"}) {
      var lead = new LinkedHashMap<String, Object>(LEAD);
      for (var field :
          List.of(
              "businessId", "type", "contactEmail", "subject", "message", "priority", "metadata")) {
        lead.put(field, nothing);
      }
      service.forgetRequests(business);
      var stored = stored(service.lead(business, lead));
      assertThat(stored.get("subject").isNull()).isTrue();
      assertThat(stored.get("priority").asText()).isEqualTo("medium");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0412.345.678, 0412-345-678",
    "٠٤١٢٣٤٥٦٧٨, 0412345678",
    "0412\u00a0345\u2009678, 0412 345 678",
    "0412–345—678, 0412-345-678",
    "＋６１　４１２　３４５　６７８, +61 412 345 678",
    "\u202a(0412) 345 678\u202c, (0412) 345 678"
  })
  void a_phone_number_in_json_is_folded_before_it_is_judged(String typed, String folded) {
    var stored =
        stored(service.lead(business, Map.of("contactName", "Ada", "contactPhone", typed)));
    assertThat(stored.get("contact_phone").asText()).isEqualTo(folded);
    assertThat(stored.get("contact_phone_e164").asText()).isEqualTo("+61412345678");
  }

  @Test
  void a_phone_number_that_cannot_be_dialled_is_stored_without_the_dialled_form() {
    var stored = stored(service.lead(business, Map.of("contactName", "Ada", "contactPhone", "12")));
    assertThat(stored.get("contact_phone").asText()).isEqualTo("12");
    assertThat(stored.get("contact_phone_e164").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@example.com",
        "o'neil+tag@mail.example.co.uk",
        "用户@例子.广告",
        "jörg@münchen.example",
        "ada@team.internal",
        "ada@shop.a-domain-of-next-year",
        "a.b-c_d=e/f!#$%&*?^`{|}~@example.com"
      })
  void an_address_is_judged_by_its_shape_and_not_by_a_list_of_domains(String email) {
    var lead = service.lead(business, Map.of("contactName", "Ada", "contactEmail", email));
    assertThat(stored(lead).get("contact_email").asText()).isEqualTo(email);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@example.com.",
        "<ada@example.com>",
        "ada@example.com, eve@example.com",
        "mailto:ada@example.com?subject=x"
      })
  void what_does_not_belong_to_an_address_is_taken_off(String email) {
    var lead = service.lead(business, Map.of("contactName", "Ada", "contactEmail", email));
    assertThat(stored(lead).get("contact_email").asText()).isEqualTo("ada@example.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada",
        "@example.com",
        "ada@",
        "a b@example.com",
        "ada@exam ple.com",
        "ada@@example.com",
        "ada@-example.com",
        "ada@example..com",
        "a..b@example.com",
        "ada@example.com\nBcc: eve@example.com"
      })
  void what_is_no_address_is_refused_where_there_is_no_other_way(String email) {
    var answer =
        service.post(
            Map.of("funnelId", business.funnel(), "contactName", "Ada", "contactEmail", email));
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void without_channels_a_lead_is_accepted_and_owes_nothing() {
    var lead = service.lead(business, LEAD);
    assertThat(deliveries(lead)).isEmpty();
    assertThat(event(lead).get("owed").asInt()).isZero();
    assertThat(stored(lead).get("email_status").isNull()).isTrue();
    assertThat(stored(lead).get("sms_status").isNull()).isTrue();
  }

  @Test
  void a_lead_owes_one_event_and_one_delivery_per_channel_that_is_on() {
    var all = service.business("http://127.0.0.1:9/away");
    var lead = service.lead(all, LEAD);
    assertThat(deliveries(lead)).extracting("channel").containsExactly("email", "sms", "webhook");
    assertThat(deliveries(lead)).extracting("cause").containsOnly("lead");
    assertThat(event(lead).get("type").asText()).isEqualTo("message.created");
    assertThat(event(lead).get("owed").asInt()).isEqualTo(3);
    assertThat(event(lead).get("business_id").asText()).isEqualTo(all.id().toString());
    assertThat(instant(event(lead), "created_at")).isEqualTo(instant(stored(lead), "created_at"));
    assertThat(stored(lead).get("email_status").isNull()).isFalse();
    assertThat(stored(lead).get("sms_status").isNull()).isFalse();
  }

  @Test
  void a_channel_that_is_off_owes_nothing() {
    channel("email", false);
    channel("sms", true);
    assertThat(deliveries(service.lead(business, LEAD)))
        .extracting("channel")
        .containsExactly("sms");
  }

  @Test
  void a_channel_that_this_instance_does_not_know_is_owed_all_the_same() {
    channel("carrier-pigeon", true);
    assertThat(deliveries(service.lead(business, LEAD)))
        .extracting("channel")
        .containsExactly("carrier-pigeon");
  }

  @Test
  void preferences_switch_mail_off_and_sms_to_urgent_leads() {
    channel("email", true);
    channel("sms", true);
    service
        .database()
        .sql(
            "insert into public.notification_preferences (business_id, email_new_messages, sms_urgent_only) values (?, false, true)")
        .param(business.id())
        .update();
    assertThat(deliveries(service.lead(business, LEAD))).isEmpty();
    var urgent = new LinkedHashMap<>(LEAD);
    urgent.put("priority", "urgent");
    assertThat(deliveries(service.lead(business, urgent)))
        .extracting("channel")
        .containsExactly("sms");
  }

  @Test
  void each_subscription_that_asks_for_new_leads_is_owed_one() {
    channel("webhook", true);
    var one = subscription("{message.created}", false);
    var two = subscription("{message.read,message.created}", false);
    subscription("{message.read}", false);
    var lead = service.lead(business, LEAD);
    assertThat(deliveries(lead)).extracting("target_id").containsExactlyInAnyOrder(one, two);
    assertThat(event(lead).get("owed").asInt()).isEqualTo(2);
  }

  @Test
  void a_disabled_subscription_holds_its_delivery() {
    channel("webhook", true);
    var disabled = subscription("{message.created}", true);
    var deliveries = deliveries(service.lead(business, LEAD));
    assertThat(deliveries).extracting("target_id").containsExactly(disabled);
    assertThat(deliveries).extracting("state").containsExactly("held");
    assertThat(deliveries).extracting("held_reason").containsExactly("disabled");
  }

  @Test
  void subscriptions_are_owed_nothing_while_the_webhook_channel_is_off() {
    channel("webhook", false);
    subscription("{message.created}", false);
    assertThat(deliveries(service.lead(business, LEAD))).isEmpty();
  }

  private void channel(String type, boolean on) {
    service
        .database()
        .sql(
            "insert into public.message_channels (business_id, channel_type, is_enabled, config) values (?, ?, ?, '{\"to\": \"+61491570156\"}')")
        .params(business.id(), type, on)
        .update();
  }

  private String subscription(String events, boolean disabled) {
    return service
        .database()
        .sql(
            """
            insert into messaging.webhook_subscriptions (business_id, url, event_types, disabled_at)
            values (?, 'http://127.0.0.1:9/away', ?::text[], case when ? then now() end) returning id
            """)
        .params(business.id(), events, disabled)
        .query(String.class)
        .single();
  }

  private JsonNode stored(UUID lead) {
    return row("select to_jsonb(m) from public.messages m where id = ?", lead);
  }

  private JsonNode event(UUID lead) {
    return row(
        "select to_jsonb(e) from messaging.message_events e where message_id = ? and type = 'message.created'",
        lead);
  }

  private JsonNode row(String query, UUID lead) {
    return service.json(service.database().sql(query).param(lead).query(String.class).single());
  }

  private List<Map<String, Object>> deliveries(UUID lead) {
    return service
        .database()
        .sql(
            """
            select channel, cause, target_id::text, state, held_reason from messaging.deliveries
            where message_id = ? order by channel
            """)
        .param(lead)
        .query()
        .listOfRows();
  }

  private static Instant instant(JsonNode row, String column) {
    return java.time.OffsetDateTime.parse(row.get(column).asText()).toInstant();
  }
}
