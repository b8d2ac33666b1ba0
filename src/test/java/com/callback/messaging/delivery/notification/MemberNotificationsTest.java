package com.callback.messaging.delivery.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.intake.submission.Reference;
import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Members are notified of leads at their own addresses, as each of them prefers. */
@ServiceTest
class MemberNotificationsTest {

  private static final String PREFERENCES = "/api/notification-preferences";
  private static final Pattern LINK = Pattern.compile("/unsubscribe/notifications/[\\w.-]+");

  @Autowired Service service;
  @Autowired PersonCaller.Crowd crowd;

  private Business business;
  private PersonCaller owner;
  private PersonCaller kim;

  @BeforeEach
  void a_business_with_a_colleague() {
    business = service.businessWithoutChannels();
    owner = crowd.member(business, "owner");
    kim = crowd.member(business, "agent");
  }

  @Test
  void an_assigned_lead_is_mailed_with_its_number_and_who_assigned_it() {
    var lead = lead("Ada");
    assign(owner, kim, lead);

    var mail = mailTo(kim);
    assertThat(mail.get("subject").asText())
        .isEqualTo(
            "%s assigned this lead to you. Call Ada on 0412 345 678 (%s)"
                .formatted(owner.email(), Reference.of(lead)));
    assertThat(mail.get("html").asText())
        .contains("href=\"tel:+61412345678\"", "/inbox/" + lead, "assigned this lead to you");
    assertThat(mail.get("body").asText()).contains("0412 345 678", "/inbox/" + lead);
  }

  @Test
  void nobody_is_notified_of_what_they_took_themselves() {
    assign(kim, kim, lead("Ada"));
    assign(owner, owner, lead("Bob"));
    assertThat(notifications()).isEmpty();
  }

  @Test
  void many_leads_at_once_are_one_notification() {
    var leads = IntStream.range(0, 7).mapToObj(i -> lead("Lead " + i)).toList();
    owner.ask(
        200,
        "POST",
        "/api/messages/bulk",
        Map.of("action", "assign", "assignee", kim.id(), "ids", leads));
    assertThat(mailTo(kim).get("subject").asText())
        .contains("assigned this lead to you, and 6 more");
    assertThat(notifications()).containsExactly("assigned");
  }

  @Test
  void a_new_lead_notifies_those_who_want_it_once() {
    kim.ask(200, "PATCH", PREFERENCES, wants("new_lead", true));
    lead("Ada");
    assertThat(mailTo(kim).get("subject").asText()).startsWith("A new lead. Call Ada on");
    service.awaitDeliveries(business);
    assertThat(notifications()).containsExactly("new_lead");

    kim.ask(200, "PATCH", PREFERENCES, wants("new_lead", false));
    assertThat(
            service
                .database()
                .sql(
                    "select count(*) from messaging.event_readers where business_id = ? and reader = 'notification'")
                .param(business.id())
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void a_press_of_the_link_ends_one_kind_of_mail_to_one_member() {
    assign(owner, kim, lead("Ada"));
    var path = linkIn(mailTo(kim));

    assertThat(service.get(path).body()).contains("<form method=\"post\">", "assigned to you");
    assertThat(wantsMail("assigned")).isTrue();
    for (int i = 0; i < 2; i++) {
      assertThat(pressed(path).body()).contains("Unsubscribed").doesNotContain("<form");
    }

    assertThat(wantsMail("assigned")).isFalse();
    assertThat(wantsMail("escalated")).isTrue();
    assertThat(
            service
                .database()
                .sql(
                    "select details ->> 'event' from messaging.audit_entries where business_id = ? and action = 'end-notification'")
                .param(business.id())
                .query(String.class)
                .list())
        .containsExactly("assigned");
  }

  @Test
  void a_link_that_was_not_made_here_ends_nothing() {
    assign(owner, kim, lead("Ada"));
    var link = linkIn(mailTo(kim));
    for (var path :
        List.of(
            link.replace("assigned", "escalated"),
            link.replace("assigned", "new_lead"),
            link.replace(kim.id().toString(), owner.id().toString()),
            link.substring(0, link.length() - 1))) {
      assertThat(pressed(path).statusCode()).as(path).isEqualTo(404);
      assertThat(service.get(path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(wantsMail("assigned")).isTrue();
  }

  @Test
  void an_escalation_says_its_step_and_cannot_be_unsubscribed() {
    var lead = lead("Ada");
    notify(
        lead, "escalated", "{\"step\":2,\"of\":4,\"reason\":\"Nobody has acted for 15 minutes.\"}");
    var mail = mailTo(kim);
    assertThat(mail.get("subject").asText())
        .startsWith("Nobody has acted for 15 minutes (step 2 of 4). Call Ada");
    assertThat(mail.get("body").asText() + mail.get("html").asText())
        .doesNotContain("/unsubscribe/");
  }

  @Test
  void a_text_message_says_why_and_whom_to_call() {
    var number = business.phone();
    service
        .database()
        .sql(
            "insert into messaging.member_addresses (business_id, user_id, channel, address, confirmed_at, created_at, updated_at) values (?, ?, 'sms', ?, now(), now(), now())")
        .params(business.id(), kim.id(), number)
        .update();
    var lead = lead("Ada");
    notify(lead, "escalated", "{}");
    await().until(() -> !service.caught(number).isEmpty());
    assertThat(service.caught(number).get(0).get("body").asText())
        .startsWith("Nobody has acted yet. Call Ada on 0412 345 678.")
        .contains("ref " + Reference.of(lead));
  }

  @Test
  void a_lead_shows_who_was_notified_and_not_at_which_address() {
    var lead = lead("Ada");
    assign(owner, kim, lead);
    mailTo(kim);
    service.awaitDeliveries(business);
    var viewer = new ApiCaller(service, service.session(business, "viewer"));
    var shown = viewer.ask(200, "GET", "/api/messages/" + lead, null).get("deliveries");
    assertThat(shown).hasSize(1);
    var delivery = shown.get(0);
    assertThat(delivery.get("memberId").asText()).isEqualTo(kim.id().toString());
    assertThat(delivery.get("cause").asText()).isEqualTo("notification");
    assertThat(delivery.get("recipient").isNull()).isTrue();
    var attempts =
        viewer.ask(
            200, "GET", "/api/deliveries/" + delivery.get("id").asText() + "/attempts", null);
    assertThat(attempts.at("/items/0/recipient").isNull()).isTrue();
    assertThat(attempts.toString()).doesNotContain(kim.email());
  }

  @Test
  void an_archived_lead_notifies_nobody_any_more() {
    var lead = lead("Ada");
    service
        .database()
        .sql(
            "insert into messaging.deliveries (business_id, cause, message_id, member_id, period, channel, recipient, payload, next_attempt_at, created_at, updated_at) values (?, 'notification', ?, ?, 'later', 'email', ?, '{\"event\":\"reminder\"}', now() + interval '10 years', now(), now())")
        .params(business.id(), lead, kim.id(), kim.email())
        .update();
    owner.ask(200, "POST", "/api/messages/" + lead + "/archive", null);
    assertThat(
            service
                .database()
                .sql("select state from messaging.deliveries where message_id = ?")
                .param(lead)
                .query(String.class)
                .single())
        .isEqualTo("cancelled");
  }

  private UUID lead(String name) {
    service.forgetRequests(business);
    return service.lead(business, Map.of("contactName", name, "contactPhone", "0412 345 678"));
  }

  private static void assign(PersonCaller by, PersonCaller to, UUID lead) {
    by.ask(200, "PUT", "/api/messages/" + lead + "/assignee", Map.of("memberId", to.id()));
  }

  private void notify(UUID lead, String event, String details) {
    service
        .database()
        .sql(
            "select messaging.notify_members(?, ?, ?, 'test', array[?]::uuid[], null, now(), ?::jsonb)")
        .params(business.id(), lead, event, kim.id(), details)
        .query(Integer.class)
        .single();
  }

  private JsonNode mailTo(PersonCaller person) {
    await().until(() -> !service.caught(person.email()).isEmpty());
    return service.caught(person.email()).get(0);
  }

  private List<String> notifications() {
    return service
        .database()
        .sql(
            "select payload ->> 'event' from messaging.deliveries where business_id = ? and cause = 'notification'")
        .param(business.id())
        .query(String.class)
        .list();
  }

  private static Map<String, Object> wants(String event, boolean isOn) {
    return Map.of("personal", Map.of("events", Map.of(event, Map.of("email", isOn))));
  }

  private boolean wantsMail(String event) {
    return kim.ask(200, "GET", PREFERENCES, null)
        .at("/personal/events/" + event + "/email")
        .asBoolean();
  }

  private static String linkIn(JsonNode mail) {
    var link = LINK.matcher(mail.get("body").asText());
    assertThat(link.find()).isTrue();
    return link.group();
  }

  /** What a mail program sends. */
  private HttpResponse<String> pressed(String path) {
    return service.send(
        service
            .request(path, "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click")));
  }
}
