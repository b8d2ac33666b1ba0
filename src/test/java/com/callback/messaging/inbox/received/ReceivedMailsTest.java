package com.callback.messaging.inbox.received;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.MultipartBody;
import com.callback.messaging.support.ServiceTest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Mails that come back join the conversation, once, as text. */
@ServiceTest
class ReceivedMailsTest extends OneConversation {

  @Test
  void a_mail_to_the_signed_address_joins_its_conversation() {
    var address = conversation(replyOf(caller, lead));
    receives(
        "joined",
        fields(
            head("Ada <other@example.org>", address),
            "Four is fine.\n\nOn 22 Nov 2026, Sun <a@example.com> wrote:\n> Shall we?"));

    var entry = received(lead).get(0);
    assertThat(entry.get("direction").asText()).isEqualTo("in");
    assertThat(entry.get("channel").asText()).isEqualTo("email");
    assertThat(entry.get("sender").asText()).isEqualTo("other@example.org");
    assertThat(entry.get("subject").asText()).isEqualTo("Re: A roof");
    assertThat(entry.get("body").asText()).isEqualTo("Four is fine.");
    assertThat(entry.get("trimmed").asBoolean()).isTrue();
    assertThat(entry.get("automatic").asBoolean()).isFalse();
    assertThat(timeline(lead)).containsOnlyOnce("message.reply_received");
    var whole =
        caller.ask(
            200, "GET", "/api/messages/" + lead + "/replies/" + entry.get("id").asText(), null);
    assertThat(whole.get("original").asText()).endsWith("> Shall we?");
  }

  @Test
  void a_mail_that_answers_ours_joins_without_the_address() {
    var ours = replyOf(caller, lead).get("Message-ID").asText();
    var head = head(mailbox.toUpperCase(), "someone@example.com");
    head.put("References", "<unknown@example.com>\n " + ours);
    receives("joined", fields(head, "Four is fine."));
    assertThat(received(lead).get(0).get("body").asText()).isEqualTo("Four is fine.");
    assertThat(received(lead).get(0).get("trimmed").asBoolean()).isFalse();
  }

  @Test
  void the_next_reply_refers_to_the_received_mail() {
    var head = head(mailbox, conversation(replyOf(caller, lead)));
    receives("joined", fields(head, "Four is fine."));
    assertThat(replyOf(caller, lead).get("In-Reply-To").asText()).isEqualTo(head.get("Message-ID"));
  }

  @Test
  void a_mail_that_is_posted_again_is_added_once() {
    var fields = fields(head(mailbox, conversation(replyOf(caller, lead))), "Four is fine.");
    receives("joined", fields);
    receives("duplicate", fields);
    assertThat(received(lead)).hasSize(1);
    assertThat(timeline(lead)).containsOnlyOnce("message.reply_received");
  }

  @Test
  void a_whole_mail_is_read_with_the_names_of_its_attachments() {
    var fields = new LinkedHashMap<String, String>();
    var address = conversation(replyOf(caller, lead));
    fields.put("envelope", "{\"to\":[\"" + address + "\"],\"from\":\"" + mailbox + "\"}");
    fields.put(
        "email",
        """
        From: %s
        To: undisclosed-recipients:;
        Message-ID: <whole-%s@example.com>
        Content-Type: multipart/mixed; boundary=m

        --m
        Content-Type: text/plain; charset=utf-8

        Four is fine — über uns.
        --m
        Content-Type: image/jpeg
        Content-Disposition: attachment; filename="../roof\\".jpg"

        0123456789
        --m--
        """
            .formatted(mailbox, lead)
            .replace("\n", "\r\n"));
    receives("joined", fields);
    var entry = received(lead).get(0);
    assertThat(entry.get("body").asText()).isEqualTo("Four is fine — über uns.");
    assertThat(entry.at("/attachments/0/name").asText()).endsWith("roof\".jpg");
    assertThat(entry.at("/attachments/0/type").asText()).isEqualTo("image/jpeg");
    assertThat(entry.get("attachments")).hasSize(1);
  }

  @Test
  void files_that_come_with_a_mail_are_named_and_not_stored() {
    var fields = fields(head(mailbox, conversation(replyOf(caller, lead))), "");
    fields.put("attachments", "1");
    fields.put(
        "attachment-info",
        "{\"attachment1\":{\"filename\":\"roof.svg\",\"name\":\"roof.svg\",\"type\":\"image/svg+xml\"}}");
    var body =
        MultipartBody.of(List.copyOf(fields.entrySet()))
            .replace(
                "--b--\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"attachment1\"; filename=\"roof.svg\"\r\n\r\n"
                    + "<svg onload='alert(1)'/>".repeat(50_000)
                    + "\r\n--b--\r\n");
    assertThat(post(ServiceTest.PARSE_SECRET, body.getBytes(StandardCharsets.UTF_8)).statusCode())
        .isEqualTo(204);
    var entry = received(lead).get(0);
    assertThat(entry.get("body").asText()).isEmpty();
    assertThat(entry.at("/attachments/0/name").asText()).isEqualTo("roof.svg");
  }

  @Test
  void html_and_scripts_stay_text() {
    var fields = fields(head(mailbox, conversation(replyOf(caller, lead))), "");
    fields.remove("text");
    fields.put("html", "<p>Four <b>is</b> fine<script>alert(1)</script> &lt;i&gt;</p>");
    receives("joined", fields);
    assertThat(received(lead).get(0).get("body").asText()).isEqualTo("Four is fine <i>");
  }

  @Test
  void an_automatic_reply_is_stored_and_nobody_is_notified() {
    var head = head(mailbox, conversation(replyOf(caller, lead)));
    head.put("Auto-Submitted", "auto-replied");
    receives("automatic", fields(head, "I am away."));
    assertThat(received(lead).get(0).get("automatic").asBoolean()).isTrue();
    assertThat(timeline(lead)).doesNotContain("message.reply_received");
  }

  @Test
  void a_mail_of_the_business_to_the_lead_joins_as_its_own_and_answers_the_lead() {
    var address = conversation(replyOf(caller, lead));
    service
        .database()
        .sql("update public.messages set status = 'read' where id = ?")
        .param(lead)
        .update();
    receives("joined", fields(head(business.email(), address), "We come at four."));
    var entry = received(lead).get(0);
    assertThat(entry.get("direction").asText()).isEqualTo("out");
    assertThat(entry.get("sender").asText()).isEqualTo(business.email());
    assertThat(timeline(lead)).doesNotContain("message.reply_received");
    var shown = caller.ask(200, "GET", "/api/messages/" + lead, null);
    assertThat(shown.get("status").asText()).isEqualTo("responded");
    assertThat(shown.get("timeline").findValuesAsText("by")).contains(business.email());
  }

  @Test
  void a_subscription_learns_of_a_reply() {
    var owner =
        new com.callback.messaging.support.ApiCaller(
            service, service.key(business, "messages:read", "webhooks:write"));
    owner.ask(
        201,
        "POST",
        "/api/webhook-subscriptions",
        Map.of(
            "url",
            service.at("/sandbox/webhook").toString(),
            "eventTypes",
            List.of("message.reply_received")));
    receives("joined", fields(head(mailbox, conversation(replyOf(caller, lead))), "Four is fine."));
    await()
        .untilAsserted(
            () ->
                assertThat(service.caught(business))
                    .anySatisfy(
                        caught ->
                            assertThat(caught.toString())
                                .contains("message.reply_received", mailbox)
                                .doesNotContain("Four is fine.")));
  }
}
