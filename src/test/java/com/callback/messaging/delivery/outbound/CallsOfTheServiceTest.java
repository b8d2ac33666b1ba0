package com.callback.messaging.delivery.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.FarEnd;
import com.callback.messaging.support.RawReceiver;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What the running service calls, and what it makes of what comes back. */
@ServiceTest
class CallsOfTheServiceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Map<String, Object> ADA =
      Map.of("contactName", "Ada", "contactPhone", "+61 491 570 006");

  @Autowired Service service;

  @Test
  void a_customers_headers_arrive_and_are_nowhere_else() {
    try (var receiver = new FarEnd()) {
      var business = service.business(receiver.url());
      headers(
          business, "{\"Authorization\": \"Bearer t0p\", \"X-Team\": \"a b\", \"most\": \"0\"}");

      assertThat(settled(delivery(business))).containsEntry("state", "delivered");

      var sent = receiver.calls().get(0).headers();
      assertThat(sent)
          .containsEntry("authorization", "Bearer t0p")
          .containsEntry("x-team", "a b")
          .containsEntry("most", "0")
          .containsEntry("content-type", "application/json")
          .containsEntry("user-agent", "callback-messaging")
          .containsKeys("webhook-id", "webhook-timestamp", "webhook-signature");
      assertThat(service.caught(business).toString()).doesNotContain("t0p", "X-Team");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"CamelHttpUri\": \"http://127.0.0.1/\"}",
        "{\"webhook-id\": \"mine\"}",
        "{\"Host\": \"other.example\"}",
        "{\"X-A\": \"a\\r\\nX-Evil: 1\"}",
        "{\"X-A\": 1}"
      })
  void headers_that_cannot_be_sent_fail_for_good(String headers) {
    try (var receiver = new FarEnd()) {
      var business = service.business(receiver.url());
      headers(business, headers);

      var delivery = settled(delivery(business));

      assertThat(delivery).containsEntry("state", "failed");
      assertThat((String) delivery.get("last_error"))
          .startsWith("The webhook subscription's headers cannot be sent. ")
          .doesNotContain("Evil");
      assertThat(receiver.calls()).isEmpty();
    }
  }

  /** CVE-2026-85251: camel-http 4.22.0 takes credentials along when it follows a redirect. */
  @Test
  void a_redirect_is_not_followed_and_gets_no_credentials() {
    try (var elsewhere = new FarEnd();
        var receiver = new FarEnd()) {
      var business = service.business(receiver.url());
      headers(business, "{\"Authorization\": \"Bearer t0p\"}");
      for (var status : new int[] {301, 302, 303, 307, 308}) {
        receiver.answers(status, Map.of("Location", elsewhere.url()), "");
        service.forgetRequests(business);
        assertThat(settled(delivery(business)))
            .containsEntry("state", "pending")
            .containsEntry(
                "last_error",
                "The remote server responded %d: it has moved to %s and redirects are not followed; set that address instead"
                    .formatted(status, elsewhere.url()));
      }
      assertThat(receiver.calls()).hasSize(5);
      assertThat(elsewhere.calls()).isEmpty();
    }
  }

  @Test
  void a_redirect_to_a_refused_address_is_not_followed() {
    try (var elsewhere = RawReceiver.answering(wire -> wire.say("HTTP/1.1 200 OK\r\n\r\n"));
        var receiver = new FarEnd()) {
      for (var place : new String[] {"http://10.0.0.1/", "http://[::1]/", elsewhere.url()}) {
        receiver.answers(307, Map.of("Location", place), "");

        assertThat(settled(delivery(service.business(receiver.url()))))
            .containsEntry("state", "pending")
            .containsEntry("attempts", 1)
            .extractingByKey("last_error")
            .asString()
            .startsWith("The remote server responded 307: it has moved to " + place);
      }
      assertThat(elsewhere.connections()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://2130706433/hook, four decimal numbers",
    "http://good@127.0.0.1/hook, user name",
    "'http://127.0.0.1/{{spring.datasource.password}}', Percent-encode"
  })
  void an_address_that_may_not_be_called_fails_for_good_and_names_the_remedy(
      String url, String remedy) {
    var delivery = settled(delivery(service.business(url)));

    assertThat(delivery).containsEntry("state", "failed").containsEntry("attempts", 1);
    assertThat((String) delivery.get("last_error"))
        .startsWith("The webhook subscription's URL cannot be called. ")
        .contains(remedy);
  }

  @Test
  void an_address_that_the_operators_settings_refuse_is_tried_again_and_names_the_setting() {
    var delivery = settled(delivery(service.business("http://10.0.0.1/hook")));

    assertThat(delivery).containsEntry("state", "pending").containsEntry("attempts", 1);
    assertThat((String) delivery.get("last_error")).contains("MESSAGING_OUTBOUND_ALLOWED");
  }

  @Test
  void the_address_is_called_as_it_was_given_to_the_last_character() {
    try (var receiver =
        RawReceiver.answering(wire -> wire.say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))) {
      var path = "/h%C3%BC%2Fk/;a=b?token=x%2By&z=%7B%7Bserver.port%7D%7D&raw=RAW(a)&q";
      var business = service.business("http://127.0.0.1:" + receiver.port() + path);

      assertThat(settled(delivery(business))).containsEntry("state", "delivered");

      assertThat(receiver.heads().get(0)).startsWith("POST " + path + " HTTP/1.1\r\n");
    }
  }

  @Test
  void a_broken_answer_after_a_good_status_is_a_delivery() {
    try (var receiver =
        RawReceiver.answering(
            wire -> {
              wire.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\nnone\r\n");
              wire.hangUp();
            })) {
      assertThat(settled(delivery(service.business(receiver.url()))))
          .containsEntry("state", "delivered");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"HTTP/1.1 200 OK\r\nnot a header\r\n\r\n", "\u0001\u0002 garbage\r\n\r\n", ""})
  void an_answer_without_a_status_may_mean_anything_and_is_asked_for_again(String answer) {
    try (var receiver =
        RawReceiver.answering(
            wire -> {
              wire.say(answer);
              wire.hangUp();
            })) {
      var delivery = settled(delivery(service.business(receiver.url())));

      assertThat(delivery)
          .containsEntry("state", "pending")
          .containsEntry("last_error", "No response was received, so it may have arrived");
    }
  }

  private void headers(Business business, String headers) {
    service
        .database()
        .sql("update messaging.webhook_subscriptions set headers = ?::jsonb where business_id = ?")
        .params(headers, business.id())
        .update();
  }

  private UUID delivery(Business business) {
    return service
        .database()
        .sql("select id from messaging.deliveries where message_id = ? and channel = 'webhook'")
        .param(service.lead(business, ADA))
        .query(UUID.class)
        .single();
  }

  /** The delivery once its first attempt is over. */
  private Map<String, Object> settled(UUID delivery) {
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                service
                    .database()
                    .sql(
                        "select state, attempts, last_error from messaging.deliveries where id = ?")
                    .param(delivery)
                    .query()
                    .singleRow(),
            row -> (int) row.get("attempts") > 0 && !"sending".equals(row.get("state")));
  }
}
