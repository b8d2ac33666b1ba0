package com.callback.messaging.inbox.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.delivery.channel.email.MailHeaders;
import com.callback.messaging.delivery.channel.email.MailIdentity;
import com.callback.messaging.delivery.channel.email.NoReplyAddress;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Replies that are not sent: to nobody, by nobody, or with something wrong in them. */
@ServiceTest
class RefusedRepliesTest extends OneThread {

  @Autowired MailHeaders headers;
  @Autowired MailIdentity identity;
  @Autowired ReplyTexts texts;

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
    var mails = new MailThread(headers, identity, texts, NoReplyAddress.configured());
    var known = service.json("{\"business\":{\"name\":\"Sun\"},\"lead\":{},\"mails\":[]}");
    assertThatThrownBy(
            () ->
                mails.address(
                    UUID.randomUUID(), "Re: Roof", known, new ObjectMapper().createObjectNode()))
        .isInstanceOfSatisfying(
            RequestRefusedException.class,
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(422);
              assertThat(refused.problem().type()).endsWith("no-reply-address");
            });
  }

  @Test
  void the_conversation_alone_is_an_address_for_answers() {
    service
        .database()
        .sql("delete from public.message_channels where business_id = ? and channel_type = 'email'")
        .param(business.id())
        .update();
    reply(201, lead(Map.of()), Map.of("channel", "email", "text", "Hello"));
    assertThat(mails(1).get(0).at("/headers/Reply-To").asText())
        .matches("reply\\+[0-9a-z]{41}@reply\\.example\\.com");
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

  private static String field(JsonNode problem) {
    return problem.at("/errors/0/field").asText();
  }
}
