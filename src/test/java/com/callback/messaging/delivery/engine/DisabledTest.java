package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.FarEnd.Call;
import com.callback.messaging.support.Service.Business;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A subscription that does not work any more is disabled, and loses nothing. */
class DisabledTest extends PlayedProviders {

  Business business;

  @BeforeEach
  void a_subscription() {
    business = business("webhook", "email");
  }

  @Test
  void one_that_is_gone_is_disabled_at_once_holds_all_and_its_owner_is_told() {
    receiver.answers(410);
    var first = delivery(service.lead(business, ADA), "webhook");

    becomes(first, "held");
    assertThat(subscribed("disabled_reason")).isEqualTo("gone");
    var second = delivery(service.lead(business, ADA), "webhook");
    assertThat(state(second)).isEqualTo("held");
    await()
        .until(
            () ->
                MAIL.taken(business.email()).stream()
                    .anyMatch(mail -> mail.text().contains("Subject: Webhook disabled")));

    enable();
    becomes(first, "delivered");
    clock.advance(Duration.ofMinutes(1));
    becomes(second, "delivered");
    assertThat(receiver.calls().stream().map(DisabledTest::id).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(first.toString(), second.toString());
  }

  @Test
  void one_that_failed_for_five_days_is_disabled_and_what_failed_last_is_held() {
    receiver.usually(500, Map.of(), "");
    var delivery = delivery(service.lead(business, ADA), "webhook");
    await().until(() -> subscribed("failing_since") != null);
    becomes(delivery, "pending");

    clock.advance(Duration.ofDays(5).plusMinutes(1));

    becomes(delivery, "held");
    assertThat(subscribed("disabled_reason")).isEqualTo("failing");
  }

  @Test
  void a_success_in_between_clears_it() {
    receiver.answers(500);
    var delivery = delivery(service.lead(business, ADA), "webhook");
    await().until(() -> subscribed("failing_since") != null);
    clock.advance(Duration.ofSeconds(7));
    becomes(delivery, "delivered");
    assertThat(subscribed("failing_since")).isNull();
  }

  @Test
  void what_fails_for_now_while_it_is_being_disabled_is_held() {
    receiver.hang();
    receiver.answers(500);
    var delivery = delivery(service.lead(business, ADA), "webhook");
    await().until(() -> receiver.calls().size() == 1);
    api(business, "POST", path() + "/disable", null, 200);

    receiver.letGo();

    becomes(delivery, "held");
  }

  @Test
  void the_log_of_one_says_nothing_of_what_happened_to_another() {
    api(business, "POST", path() + "/disable", null, 200);
    var deliveries =
        java.util.stream.Stream.generate(() -> delivery(service.lead(business, ADA), "webhook"))
            .limit(3)
            .toList();
    receiver.answers(500);

    api(business, "POST", path() + "/enable", Map.of("drainPerMinute", 60_000), 200);

    await().until(() -> receiver.calls().size() == 3);
    await()
        .untilAsserted(
            () ->
                assertThat(deliveries.stream().flatMap(each -> calls(each).stream()))
                    .extracting(call -> call.get("outcome"))
                    .containsExactlyInAnyOrder("temporary", "accepted", "accepted"));
  }

  private void enable() {
    api(business, "POST", path() + "/enable", Map.of("drainPerMinute", 60), 200);
  }

  private String path() {
    return "/api/webhook-subscriptions/" + subscription(business);
  }

  private Object subscribed(String column) {
    return service
        .database()
        .sql("select " + column + " from messaging.webhook_subscriptions where business_id = ?")
        .param(business.id())
        .query()
        .singleRow()
        .get(column);
  }

  private static String id(Call call) {
    return call.headers().get("webhook-id");
  }
}
