package com.callback.messaging.inbox.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.internet.InternetAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a business says to a lead arrives there, and is kept. */
@ServiceTest
class RepliesTest extends OneThread {

  @Test
  void a_mail_goes_to_the_lead_in_the_name_of_the_business_and_answers_come_back_to_it() {
    var lead = lead(Map.of("subject", "A new battery"));
    var entry = reply(201, lead, Map.of("channel", "email", "text", "We have one.\n\nAt <four>?"));

    assertThat(entry.get("direction").asText()).isEqualTo("out");
    assertThat(entry.get("recipient").asText()).isEqualTo(mailbox);
    assertThat(entry.get("author").asText()).startsWith("API key cbk_");
    assertThat(entry.at("/delivery/id")).isEqualTo(entry.get("id"));
    var mail = mails(1).get(0);
    var headers = mail.get("headers");
    assertThat(headers.get("From").asText()).isEqualTo("Test business <callbacks@localhost>");
    assertThat(headers.get("To").asText()).isEqualTo(mailbox);
    assertThat(headers.get("Reply-To").asText())
        .matches(
            "Test business <%s>,\\s+reply\\+[0-9a-z]{41}@reply\\.example\\.com"
                .formatted(business.email()));
    assertThat(headers.get("Subject").asText()).isEqualTo("Re: A new battery");
    assertThat(headers.get("Message-ID").asText())
        .isEqualTo("<" + entry.get("id").asText() + "@localhost>");
    assertThat(headers.has("In-Reply-To") || headers.has("References")).isFalse();
    assertThat(headers.has("Auto-Submitted") || headers.has("X-Auto-Response-Suppress")).isFalse();
    assertThat(headers.has("List-Unsubscribe")).isFalse();
    assertThat(mail.get("body").asText().strip()).isEqualTo("We have one.\n\nAt <four>?");
    assertThat(html(mail)).contains("We have one.<br>", "At &lt;four&gt;?<br>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The \"Sun, Wind\" Co",
        "\"Bob, Jr\" Smith",
        "\",\"",
        "a:b;",
        "Sun\r\nBcc: evil@example.com",
        "\u202EoC nuS"
      })
  void a_mail_of_a_business_with_an_odd_name_arrives(String name) throws Exception {
    service
        .database()
        .sql("update public.businesses set name = ? where id = ?")
        .params(name, business.id())
        .update();
    reply(201, lead(Map.of()), Map.of("channel", "email", "text", "Hello"));

    var headers = mails(1).get(0).get("headers");
    var shown = name.replaceAll("[\\u202E]", "").replaceAll("\\s+", " ");
    for (var header : List.of("From", "Reply-To")) {
      var addresses = InternetAddress.parseHeader(headers.get(header).asText(), true);
      assertThat(addresses).hasSize(header.equals("From") ? 1 : 2);
      assertThat(addresses[0].getPersonal()).isEqualTo(shown);
    }
    assertThat(headers.has("Bcc")).isFalse();
  }

  @Test
  void a_mail_goes_to_the_domain_that_was_typed_and_not_to_one_that_reads_alike() {
    var local = "lead-" + UUID.randomUUID();
    mailbox = local + "@xn--fa-hia.de";
    var lead =
        service.lead(business, Map.of("contactName", "Ada", "contactEmail", local + "@faß.de"));
    var entry = reply(201, lead, Map.of("channel", "email", "text", "Hello"));
    assertThat(entry.get("recipient").asText()).isEqualTo(mailbox);
    assertThat(mails(1).get(0).at("/headers/To").asText()).isEqualTo(mailbox);
  }

  @Test
  void mails_of_a_thread_name_those_before_them() {
    var lead = lead(Map.of());
    var ids =
        IntStream.range(0, 13)
            .mapToObj(each -> reply(201, lead, Map.of("channel", "email", "text", "Mail " + each)))
            .map(entry -> "<" + entry.get("id").asText() + "@localhost>")
            .toList();
    var mails = mails(13);
    var last = mail(mails, "Mail 12").get("headers");
    assertThat(last.get("In-Reply-To").asText()).isEqualTo(ids.get(11));
    assertThat(last.get("References").asText().split("\\s+"))
        .as("the first and the last ten")
        .containsExactly(
            java.util.stream.Stream.concat(ids.stream().limit(1), ids.subList(2, 12).stream())
                .toArray(String[]::new));
    var second = mail(mails, "Mail 1").get("headers");
    assertThat(second.get("In-Reply-To").asText()).isEqualTo(ids.get(0));
    assertThat(second.get("References").asText()).isEqualTo(ids.get(0));
    assertThat(second.get("Subject").asText()).isEqualTo("Re: Test form");
  }

  @Test
  void a_thread_goes_on_under_the_subject_that_it_began_with() {
    var lead = lead(Map.of("subject", "Battery"));
    reply(201, lead, Map.of("channel", "email", "text", "one", "subject", "Your\nquote"));
    var second = reply(201, lead, Map.of("channel", "email", "text", "two"));
    var third = reply(201, lead, Map.of("channel", "email", "text", "three"));
    assertThat(second.get("subject").asText()).isEqualTo("Re: Your quote");
    assertThat(third.get("subject").asText()).isEqualTo("Re: Your quote");
  }

  @Test
  void an_sms_goes_to_the_lead_as_plain_text() {
    var number = "+61491570156";
    var lead = lead(Map.of("contactPhone", number));
    var entry = reply(201, lead, Map.of("channel", "sms", "text", " We’ll call at five – ok? "));
    assertThat(entry.get("subject").isNull()).isTrue();
    assertThat(entry.get("body").asText()).isEqualTo("We'll call at five - ok?");
    await()
        .untilAsserted(
            () -> assertThat(thread(lead).get(0).at("/delivery/state").asText()).isEqualTo("sent"));
    assertThat(caught("sms", number))
        .anyMatch(sms -> sms.get("body").asText().equals("We'll call at five - ok?"));
  }

  @Test
  void a_lead_that_was_answered_is_responded_to_and_acknowledged() {
    var agent = crowd.member(business, "agent");
    var lead = lead(Map.of());
    agent.ask(
        201,
        "POST",
        "/api/messages/" + lead + "/replies",
        Map.of("channel", "email", "text", "Hello"));
    var shown = caller.ask(200, "GET", "/api/messages/" + lead, null);
    assertThat(shown.get("status").asText()).isEqualTo("responded");
    assertThat(shown.get("respondedAt").isNull()).isFalse();
    assertThat(shown.get("acknowledgedAt").isNull()).isFalse();
    assertThat(shown.get("acknowledgedBy").asText()).isEqualTo(agent.id().toString());
    assertThat(shown.get("assignedTo").asText()).isEqualTo(agent.id().toString());
    assertThat(shown.get("thread")).hasSize(1);
    assertThat(shown.at("/thread/0/author").asText()).isEqualTo(agent.email());
    assertThat(ofThePeople(shown)).containsExactly("message.replied", "message.responded");
    var said =
        StreamSupport.stream(shown.get("timeline").spliterator(), false)
            .filter(each -> each.get("type").asText().equals("message.responded"))
            .findFirst()
            .orElseThrow()
            .get("data");
    assertThat(said.get("from").asText()).isEqualTo("unread");
    assertThat(said.get("by").asText()).isEqualTo(agent.email());

    reply(201, lead, Map.of("channel", "email", "text", "Once more"));
    var again = caller.ask(200, "GET", "/api/messages/" + lead, null);
    assertThat(again.get("respondedAt")).isEqualTo(shown.get("respondedAt"));
    assertThat(again.get("acknowledgedBy")).isEqualTo(shown.get("acknowledgedBy"));
    assertThat(ofThePeople(again))
        .containsExactly("message.replied", "message.responded", "message.replied");
  }

  @Test
  void who_acknowledged_it_before_stays_who_did() {
    var lead = lead(Map.of());
    service
        .database()
        .sql(
            "update public.messages set status = 'acknowledged', acknowledged_at = '2026-01-01 00:00:00+00', acknowledged_by = business_id where id = ?")
        .param(lead)
        .update();
    crowd
        .member(business, "agent")
        .ask(
            201,
            "POST",
            "/api/messages/" + lead + "/replies",
            Map.of("channel", "email", "text", "Hello"));
    var shown = caller.ask(200, "GET", "/api/messages/" + lead, null);
    assertThat(shown.get("acknowledgedAt").asText()).startsWith("2026-01-01");
    assertThat(shown.get("acknowledgedBy").isNull()).isTrue();
    assertThat(shown.get("assignedTo").isNull()).isTrue();
    assertThat(shown.get("status").asText()).isEqualTo("responded");
  }

  @Test
  void a_reply_counts_in_none_of_the_figures_of_the_lead_s_own_notification() {
    var quiet = service.businessWithoutChannels();
    setUp(quiet, "email", quiet.email(), false);
    var key = service.key(quiet, "messages:read", "messages:write");
    var lead = service.lead(quiet, Map.of("contactName", "Ada", "contactEmail", mailbox));
    new ApiCaller(service, key)
        .ask(
            201,
            "POST",
            "/api/messages/" + lead + "/replies",
            Map.of("channel", "email", "text", "Hello"));
    mails(1);
    var shown = new ApiCaller(service, key).ask(200, "GET", "/api/messages/" + lead, null);
    assertThat(shown.get("emailStatus").isNull()).isTrue();
    assertThat(shown.get("deliveries").findValuesAsText("cause")).contains("reply");
  }

  @Test
  void a_channel_that_is_switched_off_meanwhile_holds_no_reply() {
    var lead = lead(Map.of());
    service
        .database()
        .sql(
            "insert into messaging.deliveries (business_id, cause, message_id, channel, recipient, next_attempt_at, created_at, updated_at) values (?, 'reply', ?, 'email', 'x@example.com', now() + interval '10 years', now(), now())")
        .params(business.id(), lead)
        .update();
    setUp(business, "email", business.email(), false);
    assertThat(
            service
                .database()
                .sql(
                    "select state from messaging.deliveries where message_id = ? and cause = 'reply'")
                .param(lead)
                .query(String.class)
                .single())
        .isEqualTo("pending");
  }

  @Test
  void a_template_is_filled_in_and_neither_it_nor_the_lead_is_read_by_anything_else() {
    var template =
        caller.ask(
            201,
            "POST",
            "/api/templates",
            Map.of(
                "channel", "email",
                "name", "Thank you",
                "subject", "Thank you, {{contact.name}}",
                "body",
                    "Dear {{contact.name}}, ${body} ${exchange} $simple{in.header.x} {{agent.name | we}}"));
    var lead = lead(Map.of("contactName", "{{sys:user.home}} ${exchange} {{business.name}}"));
    var entry =
        reply(201, lead, Map.of("channel", "email", "templateId", template.get("id").asText()));
    assertThat(entry.get("templateId")).isEqualTo(template.get("id"));
    var mail = mails(1).get(0);
    assertThat(mail.get("subject").asText())
        .isEqualTo("Thank you, {{sys:user.home}} ${exchange} {{business.name}}");
    assertThat(mail.get("body").asText().strip())
        .isEqualTo(
            "Dear {{sys:user.home}} ${exchange} {{business.name}}, ${body} ${exchange} $simple{in.header.x} we");

    caller.ask(204, "DELETE", "/api/templates/" + template.get("id").asText(), null);
    assertThat(thread(lead).get(0).get("templateId").isNull()).isTrue();
    assertThat(thread(lead).get(0).get("body").asText()).startsWith("Dear ");
  }

  @Test
  void a_request_that_comes_again_is_sent_once() {
    var lead = lead(Map.of());
    var key = UUID.randomUUID().toString();
    var first = post(lead, key, "Hello");
    var second = post(lead, key, "Hello");
    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(first.headers().firstValue("Location"))
        .contains("/api/messages/" + lead + "/replies");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(post(lead, key, "Other").statusCode()).isEqualTo(422);
    assertThat(thread(lead)).hasSize(1);
    assertThat(mails(1)).hasSize(1);
  }

  @Test
  void replies_that_come_at_once_stand_one_after_the_other() {
    var lead = lead(Map.of());
    IntStream.range(0, 6)
        .parallel()
        .forEach(each -> reply(201, lead, Map.of("channel", "email", "text", "Mail " + each)));
    var named =
        mails(6).stream()
            .map(mail -> mail.at("/headers/References").asText())
            .map(references -> references.isEmpty() ? 0 : references.split("\\s+").length)
            .sorted()
            .toList();
    assertThat(named).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void who_said_something_stands_in_the_audit_trail_but_not_what() {
    var lead = lead(Map.of());
    reply(201, lead, Map.of("channel", "email", "text", "Something private"));
    var noted =
        service
            .database()
            .sql(
                "select action || ' ' || subject || ' ' || details from messaging.audit_entries where business_id = ?")
            .param(business.id())
            .query(String.class)
            .list();
    assertThat(noted).hasSize(1);
    assertThat(noted.get(0)).startsWith("replyToMessage " + lead).doesNotContain("private");
  }

  private java.net.http.HttpResponse<String> post(UUID lead, String key, String text) {
    return service.send(
        service
            .request("/api/messages/" + lead + "/replies", "application/json")
            .header("Authorization", "Bearer " + caller.credential())
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(service.text(Map.of("channel", "email", "text", text)))));
  }

  private void setUp(Business whose, String channel, String to, boolean on) {
    service
        .database()
        .sql(
            "insert into public.message_channels (business_id, channel_type, config, is_enabled) values (?, ?, jsonb_build_object('to', ?), ?) on conflict (business_id, channel_type) do update set is_enabled = excluded.is_enabled")
        .params(whose.id(), channel, to, on)
        .update();
  }

  private static List<String> ofThePeople(JsonNode shown) {
    return shown.get("timeline").findValuesAsText("type").stream()
        .filter(type -> type.matches("message\\.(replied|responded|acknowledged)"))
        .toList();
  }
}
