package com.callback.messaging.inbox.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.delivery.channel.sms.ReceivedSms;
import com.callback.messaging.intake.submission.Reference;
import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An SMS of a person who was notified by SMS acts on the lead. */
@ServiceTest
class SmsActionsTest {

  @Autowired Service service;
  @Autowired ProducerTemplate routes;
  @Autowired MovableClock clock;
  @Autowired PersonCaller.Crowd crowd;

  private Business business;
  private String phone;

  @BeforeEach
  void a_business_with_a_number_that_can_be_dialled() {
    business = service.business();
    phone = "+61412" + (100_000 + ThreadLocalRandom.current().nextInt(900_000));
    service
        .database()
        .sql(
            "update public.message_channels set config = jsonb_build_object('to', ?) where business_id = ? and channel_type = 'sms'")
        .params(phone, business.id())
        .update();
  }

  @Test
  void a_one_takes_the_only_open_lead_and_the_same_sms_again_changes_nothing() {
    var lead = notified(business);
    var sms = sms(phone, " 1. ");
    assertThat(receive(sms)).isEqualTo("acted");
    assertThat(statusOf(lead)).isEqualTo("acknowledged");
    assertThat(eventsBy(lead, "message.acknowledged")).containsExactly("SMS from " + phone);
    receive(sms);
    assertThat(eventsBy(lead, "message.acknowledged")).hasSize(1);
    assertThat(answers(business)).isEmpty();
    assertThat(replies(lead)).isZero();
  }

  @Test
  void an_outcome_that_is_posted_again_is_recorded_once() {
    var lead = notified(business);
    var sms = sms(phone, "No  answer");
    receive(sms);
    receive(sms);
    assertThat(eventsBy(lead, "message.called")).hasSize(1);
    assertThat(statusOf(lead)).isEqualTo("read");
    assertThat(receive(sms(phone, "done"))).isEqualTo("acted");
    assertThat(statusOf(lead)).isEqualTo("responded");
  }

  @Test
  void several_open_leads_are_asked_about_once_and_a_reference_decides() {
    var ada = notified(business);
    clock.advance(Duration.ofMinutes(1));
    var bob = notified(business);
    var sms = sms(phone, "ok");
    assertThat(receive(sms)).isEqualTo("ambiguous");
    receive(sms);
    assertThat(answers(business))
        .containsExactly(
            "Which lead? Reply ok %s or ok %s.".formatted(Reference.of(bob), Reference.of(ada)));
    assertThat(List.of(statusOf(ada), statusOf(bob))).containsOnly("unread");
    await()
        .until(
            () ->
                service.caught(phone).stream()
                    .anyMatch(each -> each.path("body").asText().startsWith("Which lead?")));

    var shortly = Reference.of(ada).substring(0, 4).toLowerCase(Locale.ROOT);
    assertThat(receive(sms(phone, "OK " + shortly))).isEqualTo("acted");
    assertThat(statusOf(ada)).isEqualTo("acknowledged");
    assertThat(statusOf(bob)).isEqualTo("unread");
  }

  @Test
  void an_sms_that_names_our_reference_acts_on_that_lead() {
    var ada = notified(business);
    notified(business);
    var sms = new ReceivedSms(phone, null, "1", UUID.randomUUID().toString(), deliveryOf(ada));
    assertThat(receive(sms)).isEqualTo("acted");
    assertThat(statusOf(ada)).isEqualTo("acknowledged");
  }

  @Test
  void somebody_who_is_too_late_learns_who_was_first() {
    var lead = notified(business);
    new ApiCaller(service, service.key(business, "messages:read", "messages:write"))
        .ask(200, "POST", "/api/messages/" + lead + "/acknowledge", null);
    assertThat(receive(sms(phone, "1"))).isEqualTo("repeated");
    assertThat(answers(business))
        .singleElement()
        .satisfies(
            text ->
                assertThat(text)
                    .startsWith("API key ")
                    .endsWith(" has " + Reference.of(lead) + " already."));
  }

  @Test
  void a_number_of_two_businesses_acts_where_only_one_lead_is_open_and_is_asked_otherwise() {
    var other = service.businessWithoutChannels();
    service
        .database()
        .sql(
            "insert into public.message_channels (business_id, channel_type, config) values (?, 'sms', jsonb_build_object('to', ?))")
        .params(other.id(), phone)
        .update();
    var mine = notified(business);
    var theirs = notified(other);
    assertThat(receive(sms(phone, "1"))).isEqualTo("ambiguous");
    assertThat(List.of(statusOf(mine), statusOf(theirs))).containsOnly("unread");
    assertThat(receive(sms(phone, "1 " + Reference.of(theirs)))).isEqualTo("acted");
    assertThat(statusOf(theirs)).isEqualTo("acknowledged");
    assertThat(receive(sms(phone, "1"))).isEqualTo("acted");
    assertThat(statusOf(mine)).isEqualTo("acknowledged");
  }

  @Test
  void a_member_who_is_notified_at_a_number_of_their_own_acts_as_themselves() {
    var kim = crowd.member(business, "agent");
    var number = phone.replace("+61412", "+61413");
    service
        .database()
        .sql(
            "insert into messaging.member_addresses (business_id, user_id, channel, address, confirmed_at, created_at, updated_at) values (?, ?, 'sms', ?, now(), now(), now())")
        .params(business.id(), kim.id(), number)
        .update();
    var lead = notified(business);
    service
        .database()
        .sql(
            "select messaging.notify_members(?, ?, 'reminder', 'key', array[cast(? as uuid)], array['sms'], now(), '{}')")
        .params(business.id(), lead, kim.id())
        .query(Integer.class)
        .single();
    await()
        .until(
            () ->
                service.caught(number).stream()
                    .anyMatch(each -> each.path("body").asText().contains("/a/")));
    assertThat(receive(sms(number, "1"))).isEqualTo("acted");
    assertThat(eventsBy(lead, "message.acknowledged")).containsExactly("SMS from " + kim.email());
    assertThat(
            service
                .database()
                .sql("select assigned_to from public.messages where id = ?")
                .param(lead)
                .query(UUID.class)
                .single())
        .isEqualTo(kim.id());
  }

  @Test
  void a_stranger_and_a_former_recipient_act_on_nothing() {
    var lead = notified(business);
    assertThat(receive(sms("+61412000001", "1"))).isEqualTo("unmatched");
    assertThat(receive(sms(phone, "ok then"))).isEqualTo("unmatched");
    service
        .database()
        .sql(
            "update public.message_channels set config = '{\"to\": \"+61412000002\"}' where business_id = ? and channel_type = 'sms'")
        .param(business.id())
        .update();
    assertThat(receive(sms(phone, "1"))).isEqualTo("unmatched");
    assertThat(statusOf(lead)).isEqualTo("unread");
  }

  @Test
  void a_lead_that_answers_ok_to_a_reply_stays_a_lead_also_at_the_number_of_the_business() {
    var lead = notified(business);
    clock.advance(Duration.ofSeconds(1));
    new ApiCaller(service, service.key(business, "messages:read", "messages:write"))
        .ask(
            201,
            "POST",
            "/api/messages/" + lead + "/replies",
            Map.of("channel", "sms", "text", "At four?"));
    service.awaitDeliveries(business);
    assertThat(receive(sms(phone, "ok"))).isEqualTo("joined");
    assertThat(eventsBy(lead, "message.acknowledged")).isEmpty();
    assertThat(replies(lead)).isEqualTo(1);
  }

  /** A lead whose SMS has been sent; its own number is that of the business, who tries the form. */
  private UUID notified(Business whose) {
    service.forgetRequests(whose);
    var lead =
        service.lead(whose, Map.of("contactName", "Ada", "contactPhone", phone, "message", "Hi"));
    await()
        .until(
            () ->
                service
                    .database()
                    .sql(
                        "select count(*) = 1 from messaging.sms_charges c join messaging.deliveries d on d.id = c.delivery_id where d.message_id = ?")
                    .param(lead)
                    .query(Boolean.class)
                    .single());
    return lead;
  }

  private ReceivedSms sms(String from, String text) {
    return new ReceivedSms(from, "SHARED_NUMBER", text, UUID.randomUUID().toString(), null);
  }

  /** What became of a received SMS. */
  private String receive(ReceivedSms sms) {
    var done = routes.request("direct:receive-reply", each -> each.setVariable("received", sms));
    assertThat(done.getException()).isNull();
    return (String) done.getVariable("added", Map.class).get("result");
  }

  private UUID deliveryOf(UUID lead) {
    return service
        .database()
        .sql("select id from messaging.deliveries where message_id = ? and channel = 'sms'")
        .param(lead)
        .query(UUID.class)
        .single();
  }

  private String statusOf(UUID lead) {
    return service
        .database()
        .sql("select status from public.messages where id = ?")
        .param(lead)
        .query(String.class)
        .single();
  }

  private List<String> eventsBy(UUID lead, String type) {
    return service
        .database()
        .sql("select data ->> 'by' from messaging.message_events where message_id = ? and type = ?")
        .params(lead, type)
        .query(String.class)
        .list();
  }

  private List<String> answers(Business whose) {
    return service
        .database()
        .sql(
            "select payload ->> 'text' from messaging.deliveries where business_id = ? and period like 'sms-answer %'")
        .param(whose.id())
        .query(String.class)
        .list();
  }

  private int replies(UUID lead) {
    return service
        .database()
        .sql(
            "select count(*) from messaging.thread_entries where message_id = ? and direction = 'in'")
        .param(lead)
        .query(Integer.class)
        .single();
  }
}
