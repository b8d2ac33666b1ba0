package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.FarEnd.Call;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A second provider carries what the first one does not. */
class FailOverTest extends PlayedProviders {

  @Test
  void what_the_first_cannot_take_now_goes_to_the_second_at_once_under_the_same_reference() {
    FIRST.answers(503);
    var business = business("sms");

    var delivery = delivery(service.lead(business, ADA), "sms");

    becomes(delivery, "sent");
    assertThat(calls(delivery))
        .extracting(
            call -> call.get("attempt"), call -> call.get("outcome"), call -> call.get("provider"))
        .containsExactly(tuple(1, "temporary", "touchsms"), tuple(2, "accepted", "http"));
    assertThat(references(FIRST.calls(), delivery)).hasSize(1);
    assertThat(references(SECOND.calls(), delivery))
        .singleElement()
        .satisfies(call -> assertThat(call.body()).contains("\"from\":\"SECOND\""));
    var shown = api(business, "GET", "/api/deliveries/" + delivery, null, 200);
    assertThat(shown.get("provider").asText()).isEqualTo("http");
    assertThat(shown.get("providerRef").asText()).isEqualTo("second");
  }

  @Test
  void each_has_its_own_credentials() {
    FIRST.answers(503);
    var delivery = delivery(service.lead(business("sms"), ADA), "sms");
    becomes(delivery, "sent");
    assertThat(references(SECOND.calls(), delivery).get(0).headers().get("authorization"))
        .isEqualTo("Bearer second");
    assertThat(references(FIRST.calls(), delivery).get(0).headers().get("authorization"))
        .startsWith("Basic ");
  }

  @Test
  void an_sms_that_may_have_arrived_goes_to_nobody_else() {
    FIRST.answers(200, Map.of(), "{\"data\":");

    var delivery = delivery(service.lead(business("sms"), ADA), "sms");

    becomes(delivery, "unknown");
    assertThat(column(delivery, "outcome_unknown")).isEqualTo(true);
    assertThat(column(delivery, "provider")).isEqualTo("touchsms");
    clock.advance(Duration.ofHours(1));
    becomes(delivery, "unknown");
    assertThat(references(SECOND.calls(), delivery)).isEmpty();
  }

  @Test
  void an_sms_that_the_second_may_have_sent_does_not_go_back_to_the_first() {
    FIRST.answers(503);
    SECOND.answers(200, Map.of(), "<html>");

    var delivery = delivery(service.lead(business("sms"), ADA), "sms");

    becomes(delivery, "unknown");
    assertThat(column(delivery, "provider")).isEqualTo("http");
    clock.advance(Duration.ofHours(1));
    becomes(delivery, "unknown");
    assertThat(references(FIRST.calls(), delivery)).hasSize(1);
    assertThat(references(SECOND.calls(), delivery)).hasSize(1);
  }

  @Test
  void what_the_first_refuses_for_good_is_not_tried_elsewhere() {
    FIRST.answers(400);
    var delivery = delivery(service.lead(business("sms"), ADA), "sms");
    becomes(delivery, "failed");
    assertThat(references(SECOND.calls(), delivery)).isEmpty();
  }

  @Test
  void a_mail_goes_to_the_second_server_with_the_same_message_id() {
    MAIL.refuse(451);
    var business = business("email");

    var delivery = delivery(service.lead(business, ADA), "email");

    becomes(delivery, "sent");
    assertThat(column(delivery, "provider")).isEqualTo("smtp-standby");
    assertThat(MAIL_STANDBY.taken(business.email()))
        .singleElement()
        .satisfies(mail -> assertThat(mail.text()).contains("Message-ID: <" + delivery));
  }

  @Test
  void a_full_mailbox_is_tried_again_and_what_the_server_said_is_kept() {
    MAIL.refuse(552, "5.2.2 Mailbox full");
    MAIL_STANDBY.refuse(552, "5.2.2 Mailbox full");
    var business = business("email");

    var delivery = delivery(service.lead(business, ADA), "email");

    await().until(() -> calls(delivery).size() == 2 && state(delivery).equals("pending"));
    assertThat(
            api(business, "GET", "/api/deliveries/" + delivery + "/attempts", null, 200)
                .get("items"))
        .extracting(
            attempt -> attempt.get("outcome").asText(),
            attempt -> attempt.get("statusCode").asInt(),
            attempt -> attempt.get("answer").asText(),
            attempt -> attempt.get("error").asText())
        .containsOnly(
            tuple(
                "temporary",
                552,
                "552 5.2.2 Mailbox full",
                "The mail server responded 552 5.2.2: the mailbox is full: its owner makes room, or another address is given"));
    MAIL.refuse(0);
    clock.advance(Duration.ofSeconds(7));
    becomes(delivery, "sent");
  }

  @Test
  void an_address_that_does_not_exist_is_written_to_once() {
    MAIL.refuse(550, "5.1.1 No such user");
    var delivery = delivery(service.lead(business("email"), ADA), "email");
    becomes(delivery, "failed");
    assertThat(calls(delivery)).hasSize(1);
  }

  @Test
  void a_provider_that_does_not_answer_rests_and_comes_back() {
    var business = business("sms");
    FIRST.usually(503, Map.of(), "");
    for (int lead = 0; lead < 30 && !rests(business); lead++) {
      // Until it has failed too often.
    }
    assertThat(rests(business)).as("the first is passed over").isTrue();

    FIRST.usually(200, Map.of(), taken("first"));
    assertThat(rests(business)).as("for as long as it rests").isTrue();

    clock.advance(Duration.ofSeconds(31));
    for (int request = 0; request < 3; request++) {
      assertThat(rests(business)).as("for ever").isFalse();
    }
  }

  /** Whether a new lead goes to the second without the first being asked. */
  private boolean rests(com.callback.messaging.support.Service.Business business) {
    var delivery = delivery(service.lead(business, ADA), "sms");
    await().until(() -> state(delivery).equals("sent"));
    return calls(delivery).get(0).get("provider").equals("http");
  }

  private static List<Call> references(List<Call> calls, UUID delivery) {
    return calls.stream()
        .filter(call -> call.body().contains("\"reference\":\"" + delivery + "\""))
        .toList();
  }
}
