package com.callback.messaging.inbox.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.internet.InternetAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a business says to a lead arrives there, and is kept. */
@ServiceTest
class RepliesTest {

  @Autowired Service service;
  @Autowired PersonCaller.Crowd crowd;

  private Business business;
  private ApiCaller caller;
  private String mailbox;

  @BeforeEach
  void a_business_and_an_address_of_nobody_else() {
    business = service.business();
    caller = new ApiCaller(service, service.key(business, "messages:read", "messages:write"));
    mailbox = "lead-" + UUID.randomUUID() + "@example.com";
  }

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
        .isEqualTo("Test business <" + business.email() + ">");
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
      assertThat(addresses).hasSize(1);
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
  void free_text_is_no_template() {
    var lead = lead(Map.of());
    var text = "{{sys:user.home}} {{nope}} }} ${exchange} <script>alert(1)</script>";
    assertThat(reply(201, lead, Map.of("channel", "email", "text", text)).get("body").asText())
        .isEqualTo(text);
    var mail = mails(1).get(0);
    assertThat(mail.get("body").asText().strip()).isEqualTo(text);
    assertThat(html(mail)).doesNotContain("<script");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Dear {{contact.name}}",
        "Dear {{ Contact.Name }}",
        "Dear {{\ncontact.name\n}}",
        "Dear {{contact.name}",
        "Dear {{ contact.firstName | there }}, {{nope}}",
        "}} {{lead.reference}} {{"
      })
  void a_placeholder_in_free_text_or_its_subject_is_refused_instead_of_sent_as_typed(String typed) {
    var lead = lead(Map.of());
    assertThat(field(reply(400, lead, Map.of("channel", "email", "text", typed))))
        .isEqualTo("text");
    assertThat(field(reply(400, lead, Map.of("channel", "email", "text", "x", "subject", typed))))
        .isEqualTo("subject");
  }

  @Test
  void a_template_for_another_channel_or_of_nobody_is_refused() {
    var template =
        caller.ask(
            201, "POST", "/api/templates", Map.of("channel", "email", "name", "x", "body", "x"));
    var lead = lead(Map.of("contactPhone", "+61 491 570 156"));
    var id = template.get("id").asText();
    assertThat(field(reply(400, lead, Map.of("channel", "sms", "templateId", id))))
        .isEqualTo("templateId");
    assertThat(field(reply(400, lead, Map.of("channel", "email", "templateId", UUID.randomUUID()))))
        .isEqualTo("templateId");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'channel':'email'}",
        "{'channel':'fax','text':'x'}",
        "{'channel':'email','text':'x','templateId':'0199b2d1-77aa-7d04-9c11-5b8e2f0a6d31'}",
        "{'channel':'email','text':' \\n '}",
        "{'channel':'email','text':'\\u200b\\u0007\\u0000'}",
        "{'channel':'email','text':7}",
        "{'channel':'email','templateId':'7'}",
        "{'channel':'sms','text':'x','subject':'x'}",
        "{'channel':'email','text':'x','to':'someone@example.com'}",
        "{'channel':'email','text':'x','subject':''}"
      })
  void what_is_wrong_is_refused_before_anything_is_written(String body) {
    var lead = lead(Map.of());
    var errors = reply(400, lead, body.replace('\'', '"')).get("errors");
    assertThat(errors).isNotEmpty();
    assertThat(thread(lead)).isEmpty();
  }

  @Test
  void an_sms_that_takes_too_many_parts_is_refused_with_how_many_it_takes() {
    var lead = lead(Map.of("contactPhone", "+61 491 570 156"));
    var problem = reply(400, lead, Map.of("channel", "sms", "text", "x".repeat(919)));
    assertThat(problem.at("/errors/0/field").asText()).isEqualTo("text");
    assertThat(problem.at("/errors/0/detail").asText()).contains("6 parts", "takes 7");
    reply(201, lead, Map.of("channel", "sms", "text", "x".repeat(918)));
  }

  @ParameterizedTest
  @CsvSource({
    "sms,contactEmail,ada@example.com,no-number",
    "sms,contactPhone,(02) 5550 1234,no-mobile-number",
    "sms,contactPhone,1300 123 456,no-mobile-number",
    "sms,contactPhone,12345,number-unclear",
    "email,contactPhone,+61 491 570 156,no-email"
  })
  void a_lead_that_left_no_such_address_is_not_written_to(
      String channel, String field, String value, String problem) {
    var lead = service.lead(business, Map.of("contactName", "Ada", field, value));
    var said = reply(422, lead, Map.of("channel", channel, "text", "Hello"));
    assertThat(said.get("type").asText()).endsWith(problem);
    assertThat(field(said)).isEqualTo("channel");
    assertThat(thread(lead)).isEmpty();
    assertThat(status(lead)).isEqualTo("unread");
  }

  @Test
  void without_an_address_for_answers_no_mail_is_sent() {
    service
        .database()
        .sql("delete from public.message_channels where business_id = ? and channel_type = 'email'")
        .param(business.id())
        .update();
    var said = reply(422, lead(Map.of()), Map.of("channel", "email", "text", "Hello"));
    assertThat(said.get("type").asText()).endsWith("no-reply-address");
  }

  @Test
  void an_address_that_is_not_written_to_is_left_alone() {
    var lead = lead(Map.of("contactPhone", "+61 491 570 156"));
    for (var each :
        List.of(List.of("email", mailbox.toUpperCase()), List.of("sms", "+61491570156"))) {
      service
          .database()
          .sql(
              "insert into messaging.suppressions (business_id, channel, address, reason) values (?, ?, ?, 'asked')")
          .params(business.id(), each.get(0), each.get(1))
          .update();
      assertThat(
              reply(409, lead, Map.of("channel", each.get(0), "text", "Hello"))
                  .get("type")
                  .asText())
          .endsWith("address-suppressed");
    }
    assertThat(thread(lead)).isEmpty();
  }

  @Test
  void a_held_or_archived_lead_is_not_answered() {
    var lead = lead(Map.of());
    set(lead, "status = 'archived'");
    assertThat(reply(409, lead, Map.of("channel", "email", "text", "Hello")).get("type").asText())
        .endsWith("message-archived");
    set(lead, "status = 'unread', quarantined_at = now(), quarantine_reason = 'honeypot'");
    assertThat(reply(409, lead, Map.of("channel", "email", "text", "Hello")).get("type").asText())
        .endsWith("message-held");
    assertThat(thread(lead)).isEmpty();
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
  void a_lead_of_others_is_not_there_and_a_viewer_says_nothing() {
    var lead = lead(Map.of());
    var stranger =
        new ApiCaller(
            service,
            service.key(service.businessWithoutChannels(), "messages:read", "messages:write"));
    var body = Map.of("channel", "email", "text", "Hello");
    stranger.ask(404, "POST", "/api/messages/" + lead + "/replies", body);
    stranger.ask(404, "GET", "/api/messages/" + lead + "/replies", null);
    caller.ask(404, "POST", "/api/messages/" + UUID.randomUUID() + "/replies", body);
    var viewer = crowd.member(business, "viewer");
    viewer.ask(403, "POST", "/api/messages/" + lead + "/replies", body);
    assertThat(viewer.ask(200, "GET", "/api/messages/" + lead + "/replies", null).get("thread"))
        .isEmpty();
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

  private UUID lead(Map<String, Object> more) {
    var fields = new HashMap<String, Object>(Map.of("contactName", "Ada", "contactEmail", mailbox));
    fields.putAll(more);
    return service.lead(business, fields);
  }

  private JsonNode reply(int status, UUID lead, Object body) {
    return caller.ask(status, "POST", "/api/messages/" + lead + "/replies", body);
  }

  private java.net.http.HttpResponse<String> post(UUID lead, String key, String text) {
    return service.send(
        service
            .request("/api/messages/" + lead + "/replies", "application/json")
            .header("Authorization", "Bearer " + caller.credential())
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(service.text(Map.of("channel", "email", "text", text)))));
  }

  private JsonNode thread(UUID lead) {
    return caller.ask(200, "GET", "/api/messages/" + lead + "/replies", null).get("thread");
  }

  private String status(UUID lead) {
    return caller.ask(200, "GET", "/api/messages/" + lead, null).get("status").asText();
  }

  private void set(UUID lead, String what) {
    service
        .database()
        .sql("update public.messages set " + what + " where id = ?")
        .param(lead)
        .update();
  }

  private void setUp(Business whose, String channel, String to, boolean on) {
    service
        .database()
        .sql(
            "insert into public.message_channels (business_id, channel_type, config, is_enabled) values (?, ?, jsonb_build_object('to', ?), ?) on conflict (business_id, channel_type) do update set is_enabled = excluded.is_enabled")
        .params(whose.id(), channel, to, on)
        .update();
  }

  private static String field(JsonNode problem) {
    return problem.at("/errors/0/field").asText();
  }

  private static List<String> ofThePeople(JsonNode shown) {
    return shown.get("timeline").findValuesAsText("type").stream()
        .filter(type -> type.matches("message\\.(replied|responded|acknowledged)"))
        .toList();
  }

  /** What the mail server has taken for the lead, once it is as much as this. */
  private List<JsonNode> mails(int count) {
    await().until(() -> caught("email", mailbox).size() >= count);
    return caught("email", mailbox);
  }

  private static JsonNode mail(List<JsonNode> mails, String text) {
    return mails.stream()
        .filter(mail -> mail.get("body").asText().strip().equals(text))
        .findFirst()
        .orElseThrow();
  }

  private String html(JsonNode mail) {
    return service.get("/sandbox/messages/" + mail.get("id").asText() + "/html").body();
  }

  private List<JsonNode> caught(String channel, String to) {
    return service.caught(to).stream()
        .filter(message -> message.get("channel").asText().equals(channel))
        .toList();
  }
}
