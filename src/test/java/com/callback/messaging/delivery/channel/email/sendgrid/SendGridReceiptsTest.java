package com.callback.messaging.delivery.channel.email.sendgrid;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.FakeSendGrid;
import com.callback.messaging.support.SendGridWebhook;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What SendGrid's Event Webhook changes, and what it cannot change. */
class SendGridReceiptsTest extends ThroughSendGrid {

  private static final Map<String, String> NO_USER =
      Map.of("type", "bounce", "status", "5.1.1", "reason", "550 5.1.1 no such user");

  private UUID lead;
  private UUID delivery;
  private FakeSendGrid.Sent mail;

  @BeforeEach
  void a_mail_that_was_sent() {
    sql(
        "insert into public.notification_preferences (business_id, sms_urgent_only) values (?, true)",
        business.id());
    sql(
        "update public.message_channels set is_enabled = true where business_id = ? and channel_type = 'sms'",
        business.id());
    sql(
        "insert into messaging.fallbacks (business_id, channel, position, fallback) values (?, 'email', 1, 'sms')",
        business.id());
    lead = service.lead(business, ADA);
    delivery = deliveryOf(lead);
    becomes(delivery, "sent");
    mail = mail(delivery);
  }

  @Test
  void a_delivered_mail_is_delivered_on_its_lead_and_the_attempts_show_each_report() {
    report(
        event(mail, "processed", Map.of()),
        event(mail, "deferred", Map.of("response", "450 4.2.0 later", "attempt", "1")));
    report(event(mail, "delivered", Map.of("response", "250 2.0.0 OK", "tls", 1)));

    becomes(delivery, "delivered");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        service
                            .database()
                            .sql("select email_status from public.messages where id = ?")
                            .param(lead)
                            .query(String.class)
                            .single())
                    .isEqualTo("delivered"));
    var shown = member().ask(200, "GET", "/api/deliveries/" + delivery + "/attempts", null);
    assertThat(shown.get("receipts"))
        .extracting(
            receipt -> receipt.get("event").asText(), receipt -> receipt.get("detail").asText())
        .containsExactlyInAnyOrder(
            tuple("accepted", "null"),
            tuple("deferred", "450 4.2.0 later"),
            tuple("delivered", "250 2.0.0 OK"));
    assertThat(timeline()).contains("delivery.updated");
  }

  @Test
  void a_bounce_fails_the_mail_sends_the_sms_and_suppresses_the_address() {
    report(event(mail, "delivered", Map.of()), event(mail, "bounce", NO_USER));

    becomes(delivery, "failed");
    assertThat(column(delivery, "last_error")).isEqualTo("It bounced: 550 5.1.1 no such user");
    await().until(() -> texts().size() == 1);
    assertThat(timeline()).contains("delivery.fell_back", "delivery.failed");

    var next =
        deliveryOf(
            service.lead(
                business, Map.of("contactName", "Bea", "contactPhone", "+61 491 570 157")));
    becomes(next, "failed");
    assertThat(column(next, "last_error").toString()).startsWith("Suppressed (bounced): ");
    assertThat(attempts(next)).isEmpty();
    await().until(() -> texts().size() == 2);
    assertThat(SENDGRID.sent(business.email())).hasSize(1);
  }

  @Test
  void an_address_that_is_no_longer_suppressed_is_written_to_again() {
    report(event(mail, "spamreport", Map.of()));
    var caller = member();
    var suppression = caller.ask(200, "GET", "/api/suppressions", null).at("/items/0");
    assertThat(suppression.get("address").asText()).isEqualTo(business.email());
    assertThat(suppression.get("reason").asText()).isEqualTo("complained");

    caller.ask(204, "DELETE", "/api/suppressions/" + suppression.get("id").asText(), null);

    caller.ask(404, "DELETE", "/api/suppressions/" + suppression.get("id").asText(), null);
    assertThat(caller.ask(200, "GET", "/api/suppressions", null).get("items")).isEmpty();
    becomes(
        deliveryOf(
            service.lead(
                business, Map.of("contactName", "Bea", "contactPhone", "+61 491 570 157"))),
        "sent");
  }

  @Test
  void a_batch_that_is_repeated_is_recorded_once() {
    var bounce = event(mail, "bounce", NO_USER);
    report(bounce, bounce);
    report(bounce);
    becomes(delivery, "failed");
    assertThat(receipts()).isEqualTo(1);
    await().until(() -> texts().size() == 1);
  }

  @Test
  void a_mail_through_the_smtp_relay_is_found_by_its_unique_argument() {
    SENDGRID.fails(FakeSendGrid.Trouble.UNAVAILABLE);
    STANDBY.fails(FakeSendGrid.Trouble.UNAVAILABLE);
    var other = delivery();
    goesBySmtp(other);

    var event = event(mail, "delivered", Map.of("mid", other.toString(), "delivery_attempt", "3"));
    event.put("sg_event_id", "of-the-relay");
    report(event);

    becomes(other, "delivered");
    assertThat(column(delivery, "state")).isEqualTo("sent");
  }

  @Test
  void events_of_mails_that_are_not_ours_are_taken_counted_and_change_nothing() {
    var before = metric("unmatched");
    var stranger = event(mail, "bounce", NO_USER);
    stranger.put("mid", UUID.randomUUID().toString()).put("sg_message_id", "nobodys.recvd-1");
    var click = event(mail, "click", Map.of("url", "https://example.com"));

    report(stranger, click);

    assertThat(metric("unmatched")).isEqualTo(before + 1);
    assertUnchanged();
  }

  @Test
  void the_delivery_of_another_channel_is_no_mail() {
    report(event(mail, "bounce", NO_USER));
    await().until(() -> texts().size() == 1);
    var sms =
        service
            .database()
            .sql("select id, state from messaging.deliveries where fallback_of = ?")
            .param(delivery)
            .query()
            .singleRow();
    var event = event(mail, "bounce", NO_USER);
    event.put("mid", sms.get("id").toString()).put("sg_event_id", "e").remove("sg_message_id");
    report(event);
    assertThat(column((UUID) sms.get("id"), "state")).isNotEqualTo("failed");
  }

  @Test
  void a_forged_or_altered_batch_changes_nothing() {
    var body = SendGridWebhook.body(List.of(event(mail, "bounce", NO_USER)));
    var now = clock.instant().getEpochSecond();
    var timestamp = String.valueOf(now);
    var address = service.at("/api/receipts/sendgrid");
    var signature = WEBHOOK.sign(timestamp, body);
    var altered = new String(body, UTF_8).replace("\r\n", "\n").getBytes(UTF_8);

    for (var response :
        List.of(
            new SendGridWebhook().post(address, now, body),
            WEBHOOK.post(address, signature, timestamp, altered),
            WEBHOOK.post(address, signature, String.valueOf(now + 1), body),
            WEBHOOK.post(address, null, timestamp, body),
            WEBHOOK.post(address, signature, null, body),
            WEBHOOK.post(address, now - 25 * 3_600 - 60, body))) {
      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.headers().firstValue("Content-Type"))
          .hasValue("application/problem+json");
    }
    assertUnchanged();
  }

  @Test
  void a_batch_that_is_too_large_is_refused() {
    var address = service.at("/api/receipts/sendgrid");
    var now = clock.instant().getEpochSecond();
    var large = ("[{\"a\":\"" + "x".repeat(2 * 1_048_576) + "\"}]").getBytes(UTF_8);
    assertThat(WEBHOOK.post(address, now, large).statusCode()).isEqualTo(413);
    var many = ("[" + "{},".repeat(9_999) + "{}]").getBytes(UTF_8);
    assertThat(WEBHOOK.post(address, now, many).statusCode()).isEqualTo(413);
    assertUnchanged();
  }

  @Test
  void a_batch_of_the_largest_size_that_sendgrid_sends_is_taken() {
    var events = new com.fasterxml.jackson.databind.node.ObjectNode[1_900];
    for (int i = 0; i < events.length; i++) {
      events[i] = event(mail, "deferred", Map.of("response", "450 4.2.0 later"));
      events[i].put("sg_event_id", "deferred-" + i);
    }
    assertThat(SendGridWebhook.body(List.of(events)).length).isGreaterThan(700_000);
    report(events);
    assertThat(receipts()).isEqualTo(1_900);
  }

  @Test
  void another_method_or_type_is_refused() {
    var address = service.at("/api/receipts/sendgrid");
    assertThat(service.send(HttpRequest.newBuilder(address).GET()).statusCode()).isEqualTo(405);
    assertThat(
            service
                .send(
                    HttpRequest.newBuilder(address)
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("[]")))
                .statusCode())
        .isEqualTo(415);
  }

  private void assertUnchanged() {
    assertThat(column(delivery, "state")).isEqualTo("sent");
    assertThat(receipts()).isZero();
    assertThat(
            service
                .database()
                .sql("select count(*) from messaging.suppressions where business_id = ?")
                .param(business.id())
                .query(Integer.class)
                .single())
        .isZero();
  }

  private int receipts() {
    return service
        .database()
        .sql("select count(*) from messaging.delivery_receipts where delivery_id = ?")
        .param(delivery)
        .query(Integer.class)
        .single();
  }

  private List<String> timeline() {
    return service
        .database()
        .sql("select type from messaging.message_events where message_id = ?")
        .param(lead)
        .query(String.class)
        .list();
  }

  private double metric(String result) {
    return service
        .get("/actuator/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith("messaging_receipts_total{"))
        .filter(line -> line.contains("result=\"" + result + "\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
