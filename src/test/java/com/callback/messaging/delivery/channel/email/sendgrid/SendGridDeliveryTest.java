package com.callback.messaging.delivery.channel.email.sendgrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.FakeSendGrid.Trouble;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A mail by SendGrid's API, and what each response of it means. */
class SendGridDeliveryTest extends ThroughSendGrid {

  @Test
  void a_lead_is_mailed_and_the_id_of_the_message_is_its_reference() {
    var delivery = delivery();

    becomes(delivery, "sent");
    var mail = mail(delivery);
    assertThat(column(delivery, "provider")).isEqualTo("sendgrid");
    assertThat(column(delivery, "provider_ref")).isEqualTo(mail.messageId());
    assertThat(attempts(delivery))
        .extracting(row -> row.get("outcome"), row -> row.get("status_code"))
        .containsExactly(tuple("accepted", 202));
    assertThat(mail.request().at("/headers/Message-ID").asText())
        .isEqualTo("<" + delivery + "@mail.example.com>");
    assertThat(mail.request().at("/categories").toString()).isEqualTo("[\"bakery\",\"lead\"]");
    assertThat(mail.request().at("/content/0/value").asText()).contains("Ada");
    assertThat(MAIL.taken(business.email())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "UNAUTHORIZED, temporary, 401",
    "FORBIDDEN, temporary, 403",
    "NOT_FOUND, temporary, 404",
    "TOO_MANY, temporary, 429",
    "BROKEN, temporary, 500",
    "UNAVAILABLE, temporary, 503",
    "CONNECTION_LOST, unknown, "
  })
  void what_sendgrid_does_not_take_now_goes_by_the_second_account_at_once(
      Trouble trouble, String outcome, Integer status) {
    SENDGRID.fails(trouble);

    var delivery = delivery();

    becomes(delivery, "sent");
    assertThat(attempts(delivery))
        .extracting(
            row -> row.get("provider"), row -> row.get("outcome"), row -> row.get("status_code"))
        .containsExactly(
            tuple("sendgrid", outcome, status), tuple("sendgrid-standby", "accepted", 202));
    assertThat(STANDBY.sent(business.email()))
        .singleElement()
        .satisfies(
            mail ->
                assertThat(mail.request().at("/headers/Message-ID").asText())
                    .isEqualTo("<" + delivery + "@mail.example.com>"));
  }

  @Test
  void a_mail_that_neither_account_takes_goes_by_smtp_with_its_unique_argument() {
    SENDGRID.fails(Trouble.BROKEN);
    STANDBY.fails(Trouble.BROKEN);

    var delivery = delivery();

    goesBySmtp(delivery);
    assertThat(MAIL.taken(business.email()))
        .singleElement()
        .satisfies(
            mail ->
                assertThat(mail.text().replaceAll("\\s+", ""))
                    .contains("Message-ID:<" + delivery + "@mail.example.com>")
                    .contains("X-SMTPAPI:{\"unique_args\":{\"mid\":\"" + delivery + "\""));
  }

  @Test
  void a_mail_that_is_too_large_has_failed_and_says_why() {
    SENDGRID.fails(Trouble.TOO_LARGE);
    var delivery = delivery();
    becomes(delivery, "failed");
    assertThat(column(delivery, "last_error"))
        .isEqualTo("The remote server responded 413: The size of the message exceeds the limit");
    assertThat(STANDBY.sent(business.email())).isEmpty();
  }

  @Test
  void an_address_that_sendgrid_refuses_fails_the_mail_with_its_error_and_starts_the_fallback() {
    sql(
        "update public.message_channels set is_enabled = true, config = case channel_type when 'email' then '{\"to\":\"owner@localhost\"}' else config end where business_id = ? and channel_type in ('email', 'sms')",
        business.id());
    sql(
        "insert into public.notification_preferences (business_id, sms_urgent_only) values (?, true)",
        business.id());
    sql(
        "insert into messaging.fallbacks (business_id, channel, position, fallback) values (?, 'email', 1, 'sms')",
        business.id());

    var delivery = delivery();

    becomes(delivery, "failed");
    assertThat(column(delivery, "last_error").toString())
        .startsWith("The remote server responded 400: ");
    await().until(() -> fallbackOf(delivery), channel -> channel.equals("sms"));
  }

  private String fallbackOf(UUID delivery) {
    return service
        .database()
        .sql("select channel from messaging.deliveries where fallback_of = ?")
        .param(delivery)
        .query(String.class)
        .optional()
        .orElse("");
  }

  @Test
  void a_429_of_all_providers_waits_until_the_limit_is_reset() {
    SENDGRID.fails(Trouble.TOO_MANY, Trouble.TOO_MANY);
    SENDGRID.resetsAt(clock.instant().plusSeconds(3_000));
    STANDBY.fails(Trouble.TOO_MANY);
    MAIL.refuse(451);

    var delivery = delivery();
    await().until(() -> attempts(delivery).size() == 3);
    // The next turn is the first account's again, and its limit is longer than the step of the
    // schedule.
    clock.advance(Duration.ofSeconds(7));
    await().until(() -> attempts(delivery).size() == 4);

    await()
        .untilAsserted(
            () ->
                assertThat(((Timestamp) column(delivery, "next_attempt_at")).toInstant())
                    .isAfter(clock.instant().plusSeconds(2_900)));
    assertThat(attempts(delivery))
        .extracting(row -> row.get("provider"), row -> row.get("error"))
        .contains(
            tuple("sendgrid", "The remote server responded 429: it takes no more at the moment"),
            tuple(
                "sendgrid-standby",
                "The remote server responded 429: it takes no more at the moment"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Trouble.class,
      names = {"UNAUTHORIZED", "FORBIDDEN"})
  void a_refused_account_is_shown_until_it_is_taken_again(Trouble trouble) {
    SENDGRID.fails(trouble);
    becomes(delivery(), "sent");
    var shown =
        service.json(service.get("/actuator/health/books").body()).at("/components/sendGrid");
    assertThat(shown.get("status").asText()).isEqualTo("REFUSED");
    assertThat(shown.at("/details/remedy").asText())
        .contains(
            trouble == Trouble.UNAUTHORIZED ? "CHANNELS_EMAIL_SENDGRID_API_KEY" : "Mail Send");
    assertThat(service.get("/actuator/health/readiness").statusCode()).isEqualTo(200);

    becomes(delivery(), "sent");
    assertThat(
            service
                .json(service.get("/actuator/health/books").body())
                .at("/components/sendGrid/status")
                .asText())
        .isEqualTo("UP");
  }

  @Test
  void a_response_that_takes_too_long_leaves_open_whether_the_mail_was_sent() {
    SENDGRID.hang();
    SENDGRID.fails(Trouble.SLOW);
    var delivery = delivery();
    await().until(() -> attempts(delivery).size() == 2);
    SENDGRID.letGo();
    assertThat(attempts(delivery).get(0))
        .containsEntry("outcome", "unknown")
        .containsEntry("provider", "sendgrid");
    becomes(delivery, "sent");
  }

  @Test
  void an_accepted_mail_without_an_id_is_sent() {
    SENDGRID.fails(Trouble.NO_ID);
    var delivery = delivery();
    becomes(delivery, "sent");
    assertThat(column(delivery, "provider")).isEqualTo("sendgrid");
    assertThat(column(delivery, "provider_ref")).isNull();
  }

  @Test
  void an_event_that_overtakes_the_response_decides() {
    SENDGRID.beforeResponse(
        mail -> report(event(mail, "processed", Map.of()), event(mail, "delivered", Map.of())));
    var delivery = delivery();
    await().until(() -> attempts(delivery).size() == 1);
    becomes(delivery, "delivered");
    assertThat(column(delivery, "provider_ref")).isEqualTo(mail(delivery).messageId());
    assertThat(attempts(delivery)).hasSize(1);
  }
}
