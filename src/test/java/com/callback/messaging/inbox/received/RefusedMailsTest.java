package com.callback.messaging.inbox.received;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ServiceTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What must not join a conversation is counted, and changes nothing. */
@ServiceTest
class RefusedMailsTest extends OneConversation {

  @Test
  void a_forged_address_joins_nothing_even_beside_our_message_id() {
    var ours = replyOf(caller, lead);
    var address = conversation(ours);
    var head = head(mailbox, flipped(address));
    head.put("In-Reply-To", ours.get("Message-ID").asText());
    receives("forged", fields(head, "Let me in."));
    assertThat(received(lead)).isEmpty();
  }

  @Test
  void an_address_of_a_lead_that_was_deleted_joins_nothing() {
    var address = conversation(replyOf(caller, lead));
    service.database().sql("delete from public.messages where id = ?").param(lead).update();
    receives("unmatched", fields(head(mailbox, address), "Too late."));
  }

  @Test
  void a_stranger_does_not_join_by_a_message_id() {
    var head = head("stranger@example.com", "someone@example.com");
    head.put("In-Reply-To", replyOf(caller, lead).get("Message-ID").asText());
    receives("unknown-sender", fields(head, "Let me in."));
    assertThat(received(lead)).isEmpty();
  }

  @Test
  void a_message_id_of_another_business_does_not_join_it() {
    var other = service.business();
    var others = callerOf(other);
    var own = conversation(replyOf(caller, lead));
    var mine = mailbox;
    mailbox = "victim-" + lead + "@example.com";
    var theirs = leadOf(other);
    var theirId = replyOf(others, theirs).get("Message-ID").asText();

    var head = head(mine, own);
    head.put("In-Reply-To", theirId);
    receives("joined", fields(head, "To mine."));
    assertThat(received(lead)).hasSize(1);
    assertThat(received(others, theirs)).isEmpty();

    var named = head(mine, "someone@example.com");
    named.put("Message-ID", theirId);
    named.put("References", theirId);
    receives("unknown-sender", fields(named, "To theirs."));
    assertThat(received(others, theirs)).isEmpty();
  }

  @Test
  void a_mail_that_answers_two_businesses_joins_neither() {
    var other = service.business();
    var others = callerOf(other);
    var first = replyOf(caller, lead).get("Message-ID").asText();
    var theirs = leadOf(other);
    var second = replyOf(others, theirs).get("Message-ID").asText();
    var head = head(mailbox, "someone@example.com");
    head.put("References", first + " " + second);
    receives("ambiguous", fields(head, "To whom?"));
    assertThat(received(lead)).isEmpty();
    assertThat(received(others, theirs)).isEmpty();
  }

  @Test
  void a_mail_of_this_service_that_comes_back_is_a_loop() {
    var address = conversation(replyOf(caller, lead));
    receives("loop", fields(head("callbacks@localhost", address), "Shall we?"));
    assertThat(received(lead)).isEmpty();
  }

  @Test
  void spam_is_left_out() {
    var fields = fields(head(mailbox, conversation(replyOf(caller, lead))), "Buy.");
    fields.put("spam_score", "7.2");
    receives("spam", fields);
    fields.put("spam_score", "0.1");
    receives("joined", fields);
  }

  @Test
  void what_is_no_mail_is_unreadable_and_not_posted_again() {
    receives("unreadable", Map.of("text", "No headers."));
    assertThat(
            post(ServiceTest.PARSE_SECRET, "no parts".getBytes(StandardCharsets.UTF_8))
                .statusCode())
        .isEqualTo(204);
  }

  @Test
  void without_the_secret_there_is_nothing_here() {
    var fields = fields(head(mailbox, conversation(replyOf(caller, lead))), "Hello");
    var body =
        com.callback.messaging.support.MultipartBody.of(java.util.List.copyOf(fields.entrySet()))
            .getBytes(StandardCharsets.UTF_8);
    var wrong = ServiceTest.PARSE_SECRET.replace('t', 'T');
    assertThat(post(wrong, body).statusCode()).isEqualTo(404);
    assertThat(post(wrong, new byte[100_000]).statusCode()).isEqualTo(413);
    assertThat(received(lead)).isEmpty();
  }

  @Test
  void a_mail_of_more_than_ten_megabytes_is_too_large() {
    var fields = fields(head(mailbox, conversation(replyOf(caller, lead))), "");
    fields.put("text", "x".repeat(11_000_000));
    var answer = post(fields);
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    fields.put("text", "A long story. ".repeat(60_000));
    receives("joined", fields);
    var entry = received(lead).get(0);
    assertThat(entry.get("body").asText().length()).isBetween(9_900, 10_000);
    var whole =
        caller.ask(
            200, "GET", "/api/messages/" + lead + "/replies/" + entry.get("id").asText(), null);
    assertThat(whole.get("original").asText().length()).isBetween(49_000, 50_000);
  }

  private static String flipped(String address) {
    var place = address.indexOf('@') - 1;
    return address.substring(0, place)
        + (address.charAt(place) == '0' ? '1' : '0')
        + address.substring(place + 1);
  }
}
