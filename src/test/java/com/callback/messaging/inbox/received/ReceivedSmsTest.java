package com.callback.messaging.inbox.received;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.delivery.channel.sms.ReceivedSms;
import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An SMS joins the conversation of the lead that was last written to at its number. */
@ServiceTest
class ReceivedSmsTest extends OneConversation {

  @Autowired ProducerTemplate routes;
  @Autowired MovableClock clock;

  private String number;

  @BeforeEach
  void a_number_of_nobody_else() {
    number = "+61412" + (100_000 + ThreadLocalRandom.current().nextInt(900_000));
  }

  @Test
  void an_sms_joins_the_lead_that_was_last_written_to_at_its_number() {
    var earlier = written(caller, business);
    clock.advance(Duration.ofMinutes(1));
    var latest = written(caller, business);
    receives("joined", number, null);
    var entry = received(latest.lead()).get(0);
    assertThat(entry.get("channel").asText()).isEqualTo("sms");
    assertThat(entry.get("direction").asText()).isEqualTo("in");
    assertThat(entry.get("sender").asText()).isEqualTo(number);
    assertThat(entry.get("body").asText()).isEqualTo("Yes, four. 👍");
    assertThat(received(earlier.lead())).isEmpty();
    assertThat(timeline(latest.lead())).containsOnlyOnce("message.reply_received");
  }

  @Test
  void an_sms_that_names_our_reference_joins_that_lead() {
    var earlier = written(caller, business);
    clock.advance(Duration.ofMinutes(1));
    written(caller, business);
    receives("joined", number.substring(1), earlier.delivery());
    assertThat(received(earlier.lead())).hasSize(1);
  }

  @Test
  void an_sms_to_two_businesses_is_ambiguous_without_our_reference() {
    var other = service.business();
    var others = callerOf(other);
    var mine = written(caller, business);
    var theirs = written(others, other);
    receives("ambiguous", number, null);
    assertThat(received(mine.lead())).isEmpty();
    receives("joined", number, theirs.delivery());
    assertThat(received(others, theirs.lead())).hasSize(1);
  }

  @Test
  void an_sms_with_the_reference_of_somebody_else_s_number_does_not_join_there() {
    var theirs = written(caller, business);
    number = number.substring(0, number.length() - 1) + (number.endsWith("1") ? "2" : "1");
    receives("unmatched", number, theirs.delivery());
    assertThat(received(theirs.lead())).isEmpty();
  }

  @Test
  void an_sms_long_after_ours_belongs_to_nobody() {
    var late = written(caller, business);
    clock.advance(Duration.ofHours(73));
    receives("unmatched", number, null);
    assertThat(received(late.lead())).isEmpty();
  }

  @Test
  void an_sms_that_is_posted_again_is_added_once() {
    var written = written(caller, business);
    var sms = new ReceivedSms(number, null, "Yes", UUID.randomUUID().toString(), null);
    receives("joined", sms);
    receives("duplicate", sms);
    assertThat(received(written.lead())).hasSize(1);
  }

  @Test
  void the_business_is_mailed_of_an_sms_and_of_no_mail() {
    var written = written(caller, business);
    receives("joined", number, null);
    await()
        .untilAsserted(
            () ->
                assertThat(service.caught(business.email()))
                    .anySatisfy(
                        mail -> {
                          assertThat(mail.get("subject").asText())
                              .startsWith("A lead replied by SMS");
                          assertThat(mail.get("body").asText())
                              .contains("/inbox/" + written.lead())
                              .doesNotContain("Yes, four.", number);
                        }));
    receives("joined", fields(head(mailbox, conversation(replyOf(caller, lead))), "Four."));
    assertThat(notices(business)).isEqualTo(1);
  }

  @Test
  void a_business_that_wants_no_mails_of_new_messages_gets_none_of_an_sms() {
    service
        .database()
        .sql(
            "insert into public.notification_preferences (business_id, email_new_messages) values (?, false)")
        .param(business.id())
        .update();
    written(caller, business);
    receives("joined", number, null);
    assertThat(notices(business)).isZero();
  }

  private int notices(Business whose) {
    return service
        .database()
        .sql(
            "select count(*) from messaging.deliveries where business_id = ? and period like 'reply-received %'")
        .param(whose.id())
        .query(Integer.class)
        .single();
  }

  @Test
  void an_sms_of_a_name_is_no_answer() {
    receives("unreadable", "MyBank", null);
  }

  private record Written(UUID lead, UUID delivery) {}

  private Written written(ApiCaller who, Business whose) {
    service.forgetRequests(whose);
    var to = service.lead(whose, Map.of("contactName", "Ada", "contactPhone", number));
    var reply =
        who.ask(
            201,
            "POST",
            "/api/messages/" + to + "/replies",
            Map.of("channel", "sms", "text", "At four?"));
    return new Written(to, UUID.fromString(reply.get("id").asText()));
  }

  private void receives(String result, String from, UUID delivery) {
    receives(
        result,
        new ReceivedSms(
            from, "SHARED_NUMBER", "Yes, four. 👍", UUID.randomUUID().toString(), delivery));
  }

  private void receives(String result, ReceivedSms sms) {
    var before = new HashMap<>(counted("sms"));
    var done = routes.request("direct:receive-reply", each -> each.setVariable("received", sms));
    assertThat(done.getException()).isNull();
    before.merge(result, 1.0, Double::sum);
    assertThat(counted("sms")).isEqualTo(before);
  }
}
