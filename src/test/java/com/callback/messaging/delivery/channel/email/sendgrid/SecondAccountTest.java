package com.callback.messaging.delivery.channel.email.sendgrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.FakeSendGrid;
import com.callback.messaging.support.FakeSendGrid.Trouble;
import com.callback.messaging.support.SendGridWebhook;
import com.callback.messaging.support.TouchSmsServer;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A second account of the same provider sends while the first one fails. */
class SecondAccountTest extends ThroughSendGrid {

  @Test
  void a_mail_of_the_second_account_is_delivered_by_an_event_with_that_account_s_signature() {
    SENDGRID.fails(Trouble.UNAVAILABLE);
    var delivery = delivery();
    becomes(delivery, "sent");
    var mail = STANDBY.sent(business.email()).get(0);
    var address = service.at("/api/receipts/sendgrid");
    var event = event(mail, "delivered", Map.of());

    assertThat(new SendGridWebhook().post(address, clock, event).statusCode()).isEqualTo(403);
    assertThat(WEBHOOK_OF_STANDBY.post(address, clock, event).statusCode()).isEqualTo(204);

    becomes(delivery, "delivered");
    assertThat(column(delivery, "provider")).isEqualTo("sendgrid-standby");
  }

  @Test
  void mails_leave_the_first_account_while_it_fails_return_to_it_and_are_sent_once() {
    SENDGRID.fails(Collections.nCopies(40, Trouble.UNAVAILABLE).toArray(Trouble[]::new));
    var mails = 1;
    while (beginsWith("sendgrid") && mails < 30) {
      mails++;
    }
    assertThat(mails).as("until the first account is passed over").isLessThan(30);

    SENDGRID.recover();
    assertThat(beginsWith("sendgrid-standby")).as("for half a minute").isTrue();
    clock.advance(Duration.ofSeconds(31));
    for (int mail = 0; mail < 3; mail++) {
      assertThat(beginsWith("sendgrid")).isTrue();
    }
    assertThat(SENDGRID.sent(business.email())).hasSize(3);
    assertThat(STANDBY.sent(business.email()))
        .extracting(FakeSendGrid.Sent::delivery)
        .hasSize(mails + 1)
        .doesNotHaveDuplicates();
  }

  @Test
  void an_sms_that_the_first_account_cannot_take_goes_by_the_second_under_the_same_reference() {
    TOUCHSMS.meets(TouchSmsServer.Trouble.UNAVAILABLE);
    var delivery = sms();

    becomes(delivery, "sent");

    assertThat(attempts(delivery))
        .extracting(row -> row.get("provider"), row -> row.get("outcome"))
        .containsExactly(tuple("touchsms", "temporary"), tuple("touchsms-standby", "accepted"));
    assertThat(taken(TOUCHSMS, delivery)).isZero();
    assertThat(taken(TOUCHSMS_STANDBY, delivery)).isEqualTo(1);

    var next = sms();
    becomes(next, "sent");
    assertThat(column(next, "provider")).isEqualTo("touchsms");
  }

  @ParameterizedTest
  @EnumSource(
      value = TouchSmsServer.Trouble.class,
      names = {"DROPPED", "NOT_JSON"})
  void an_sms_that_the_first_account_may_have_sent_goes_by_no_other(
      TouchSmsServer.Trouble trouble) {
    TOUCHSMS.meets(trouble);
    var delivery = sms();

    becomes(delivery, "unknown");
    clock.advance(Duration.ofHours(1));
    var next = sms();
    becomes(next, "sent");

    assertThat(column(delivery, "state")).isEqualTo("unknown");
    assertThat(taken(TOUCHSMS, delivery)).isEqualTo(1);
    assertThat(taken(TOUCHSMS_STANDBY, delivery)).isZero();
  }

  /** Whether a new mail is first handed to this provider. */
  private boolean beginsWith(String provider) {
    var delivery = delivery();
    becomes(delivery, "sent");
    return attempts(delivery).get(0).get("provider").equals(provider);
  }

  /** The SMS of a new lead. */
  private UUID sms() {
    sql(
        "update public.message_channels set is_enabled = channel_type = 'sms' where business_id = ?",
        business.id());
    var lead = service.lead(business, ADA);
    return await()
        .until(
            () ->
                service
                    .database()
                    .sql(
                        "select id from messaging.deliveries where message_id = ? and channel = 'sms'")
                    .param(lead)
                    .query(UUID.class)
                    .optional()
                    .orElse(null),
            delivery -> delivery != null);
  }

  private static long taken(TouchSmsServer account, UUID delivery) {
    return account.sent().stream()
        .filter(sms -> sms.path("reference").asText().equals(delivery.toString()))
        .count();
  }
}
