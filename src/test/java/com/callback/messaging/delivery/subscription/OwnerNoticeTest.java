package com.callback.messaging.delivery.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A subscription that was disabled by itself is no surprise to its owner. */
@ServiceTest
class OwnerNoticeTest {

  private static final String URL = "https://example.com/hook?a=1&b=<2>";

  @Autowired Service service;
  @Autowired MovableClock clock;

  Business business;
  UUID subscription;

  @BeforeEach
  void a_subscription_of_a_business_with_mail() {
    business = service.business(URL);
    subscription =
        service
            .database()
            .sql("select id from messaging.webhook_subscriptions where business_id = ?")
            .param(business.id())
            .query(UUID.class)
            .single();
  }

  @Test
  void the_mail_says_why_and_how_to_enable_it_again() {
    disable("failing");

    await().until(() -> !mails().isEmpty());
    assertThat(mails())
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.get("subject").asText()).isEqualTo("Webhook disabled: " + URL);
              assertThat(mail.get("body").asText())
                  .contains(URL)
                  .contains("Every request to it has failed since")
                  .contains("Nothing is lost")
                  .contains("POST http")
                  .contains("/api/webhook-subscriptions/" + subscription + "/enable");
              assertThat(mail.get("html").asText())
                  .contains("Nothing is lost")
                  .contains("1&amp;b")
                  .contains("&lt;2&gt;")
                  .contains("/api/webhook-subscriptions/" + subscription + "/enable");
            });
  }

  @Test
  void one_that_is_gone_is_told_so() {
    disable("gone");
    await().until(() -> !mails().isEmpty());
    assertThat(mails().get(0).get("body").asText()).contains("410 Gone");
  }

  @Test
  void who_disabled_it_by_hand_needs_no_mail() {
    disable("manual");
    assertThat(
            service
                .database()
                .sql("select count(*) from messaging.deliveries where business_id = ?")
                .param(business.id())
                .query(Integer.class)
                .single())
        .isZero();
  }

  private void disable(String reason) {
    var now = Timestamp.from(clock.instant());
    service
        .database()
        .sql(
            "update messaging.webhook_subscriptions set disabled_at = ?, disabled_reason = ?, failing_since = ?, updated_at = ? where id = ?")
        .params(
            now,
            reason,
            Timestamp.from(clock.instant().minus(Duration.ofDays(5))),
            now,
            subscription)
        .update();
  }

  private List<JsonNode> mails() {
    return service.caught(business).stream()
        .filter(message -> message.path("channel").asText().equals("email"))
        .toList();
  }
}
