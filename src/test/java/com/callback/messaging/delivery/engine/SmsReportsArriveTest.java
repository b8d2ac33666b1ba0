package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.TouchSmsServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the SMS provider reports moves deliveries, and STOP ends them. */
class SmsReportsArriveTest extends PlayedProviders {

  private static final String SECRET = "a-secret-of-the-sms-provider";

  @Test
  void a_receipt_makes_a_sent_sms_delivered_once_and_for_all() {
    var sms = sent(business("sms"));
    report(receipt(sms, "DELIVRD"));
    assertThat(state(sms)).isEqualTo("delivered");
    report(receipt(sms, "DELIVRD"));
    report(receipt(sms, "sent"));
    assertThat(state(sms)).isEqualTo("delivered");
  }

  @ParameterizedTest
  @CsvSource({"undelivered, failed", "expired, failed", "buffered, sent", "never heard of, sent"})
  void the_words_of_the_settings_decide(String word, String state) {
    var sms = sent(business("sms"));
    report(receipt(sms, word));
    assertThat(state(sms)).isEqualTo(state);
  }

  @Test
  void a_receipt_that_says_failed_starts_the_fallback() {
    var business = business("sms");
    service
        .database()
        .sql(
            "update public.message_channels set is_enabled = true where business_id = ? and channel_type = 'email'")
        .param(business.id())
        .update();
    service
        .database()
        .sql(
            "insert into public.notification_preferences (business_id, email_new_messages) values (?, false)")
        .param(business.id())
        .update();
    api(business, "PUT", "/api/fallbacks", "{\"fallbacks\":{\"sms\":[\"email\"]}}", 200);
    var lead = service.lead(business, ADA);
    await().until(() -> is(lead, "sms", "sent"));

    report(receipt(delivery(lead, "sms"), "undeliverable"));

    await().until(() -> is(lead, "email", "sent"));
  }

  @Test
  void a_receipt_tells_of_an_sms_that_nobody_knew_of() {
    FIRST.answers(200, Map.of(), "what?");
    var lead = service.lead(business("sms"), ADA);
    var sms = delivery(lead, "sms");
    becomes(sms, "unknown");
    report(receipt(sms, "delivered"));
    clock.advance(Duration.ofMinutes(11));
    assertThat(state(sms)).isEqualTo("delivered");
  }

  @Test
  void a_receipt_may_arrive_before_the_response() {
    FIRST.hang();
    var lead = service.lead(business("sms"), ADA);
    var sms = delivery(lead, "sms");
    becomes(sms, "sending");
    report(receipt(sms, "delivered"));
    FIRST.letGo();
    becomes(sms, "delivered");
    await().until(() -> state(sms).equals("delivered"));
  }

  @Test
  void who_answers_stop_gets_no_sms_until_they_answer_start() {
    try (var touchSms = new TouchSmsServer()) {
      touchSms.receiptsTo(service.at("/api/receipts/touchsms/" + SECRET).toString());
      var business = business("sms");
      sent(business);

      touchSms.answers(business.phone(), "Stop");
      service.forgetRequests(business);
      var refused = delivery(service.lead(business, ADA), "sms");
      becomes(refused, "failed");
      assertThat(column(refused, "last_error")).asString().containsIgnoringCase("suppressed");

      touchSms.answers(business.phone(), "START!");
      sent(business);
    }
  }

  @Test
  void a_stop_that_names_the_sms_of_another_number_is_about_the_own_businesses_only() {
    var mine = business("sms");
    var other = business("sms");
    sent(mine);
    var theirs = sent(other);
    report(
        "{\"from\": \"%s\", \"content\": \"STOP\", \"metadata\": {\"mid\": \"%s\"}}"
            .formatted(mine.phone().substring(1), theirs));
    assertThat(suppressions(mine)).containsExactly(mine.phone());
    assertThat(suppressions(other)).isEmpty();
  }

  @Test
  void a_receipt_of_something_else_changes_nothing_and_is_taken() {
    var sms = sent(business("sms"));
    assertThat(report(receipt(UUID.randomUUID(), "undelivered"))).isEqualTo(204);
    assertThat(report("{\"reference\": \"nonsense\", \"status\": \"undelivered\"}")).isEqualTo(204);
    assertThat(report("{}")).isEqualTo(204);
    assertThat(state(sms)).isEqualTo("sent");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wrong-secret-of-the-provider | {} | 404",
        "a-secret-of-the-sms-provider | [1] | 400",
        "a-secret-of-the-sms-provider | {\"reference\": | 400",
        "a-secret-of-the-sms-provider | 7 | 400"
      })
  void what_is_no_report_is_refused(String secret, String body, int status) {
    assertThat(post(secret, "application/json", body)).isEqualTo(status);
  }

  @Test
  void a_report_may_be_a_form_or_stand_in_the_query() {
    var form = sent(business("sms"));
    assertThat(
            post(
                SECRET,
                "application/x-www-form-urlencoded",
                "metadata=%7B%22mid%22%3A%22" + form + "%22%7D&state=Delivered"))
        .isEqualTo(204);
    assertThat(state(form)).isEqualTo("delivered");

    var query = sent(business("sms"));
    var answer =
        service.get(
            "/api/receipts/touchsms/" + SECRET + "?id=" + query + "&delivery_status=failed");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    assertThat(state(query)).isEqualTo("failed");
  }

  @Test
  void a_receipt_of_the_provider_that_carried_an_sms_finds_it_by_its_own_id() {
    var ofHttp = "h-" + UUID.randomUUID();
    FIRST.answers(503);
    SECOND.answers(200, Map.of(), taken(ofHttp));
    var sms = sent(business("sms"));
    assertThat(column(sms, "provider_ref")).isEqualTo(ofHttp);
    var query = "?id=" + ofHttp + "&status=delivered";

    assertThat(service.get("/api/receipts/touchsms/" + SECRET + query).statusCode()).isEqualTo(204);
    assertThat(state(sms)).as("of another provider's message").isEqualTo("sent");
    assertThat(service.get("/api/receipts/other/" + SECRET + query).statusCode()).isEqualTo(404);
    assertThat(service.get("/api/receipts/http/wrong-secret" + query).statusCode()).isEqualTo(404);
    assertThat(state(sms)).isEqualTo("sent");

    assertThat(service.get("/api/receipts/http/" + SECRET + query).statusCode()).isEqualTo(204);
    assertThat(state(sms)).isEqualTo("delivered");
  }

  private UUID sent(Business business) {
    service.forgetRequests(business);
    var sms = delivery(service.lead(business, ADA), "sms");
    becomes(sms, "sent");
    return sms;
  }

  private static String receipt(UUID sms, String word) {
    return "{\"reference\": \"%s\", \"status\": \"%s\", \"date\": \"2026-11-22T05:06:07Z\"}"
        .formatted(sms, word);
  }

  private List<String> suppressions(Business business) {
    return service
        .database()
        .sql("select address from messaging.suppressions where business_id = ?")
        .param(business.id())
        .query(String.class)
        .list();
  }

  private int report(String body) {
    var status = post(SECRET, "application/json", body);
    assertThat(status).isEqualTo(204);
    return status;
  }

  private int post(String secret, String type, String body) {
    return service
        .send(
            HttpRequest.newBuilder(service.at("/api/receipts/touchsms/" + secret))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body)))
        .statusCode();
  }
}
