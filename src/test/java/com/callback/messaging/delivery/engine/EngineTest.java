package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.FarEnd;
import com.callback.messaging.support.Service.Business;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What holds for all deliveries together: they end, they are fair, and they leave the ill alone.
 */
class EngineTest extends PlayedProviders {

  /** Of the four requests that a host takes here; the fourth is kept for another business. */
  private static final int THREE_QUARTERS = 3;

  // Poison

  @Test
  void a_webhook_whose_worker_dies_each_time_has_failed_after_its_attempts() {
    var business = business("webhook");
    receiver.hang();
    var delivery = delivery(service.lead(business, ADA), "webhook");
    limit(delivery, 3);

    for (int attempt = 1; attempt <= 3; attempt++) {
      var made = attempt;
      await().until(() -> receiver.calls().size() == made);
      forgetWorker(delivery);
      receiver.letGo();
      await().until(() -> calls(delivery).size() == made);
      receiver.hang();
      afterTheLease();
    }

    becomes(delivery, "failed");
    assertThat((String) column(delivery, "last_error")).contains("stopped each time");
    assertThat(attempts(delivery)).isEqualTo(3);
    assertThat(receiver.calls()).hasSize(3);
  }

  @Test
  void an_sms_whose_worker_died_is_unknown_and_its_fallback_follows() {
    var business = business("sms");
    api(
        business,
        "PUT",
        "/api/fallbacks",
        Map.of("fallbacks", Map.of("sms", List.of("email"))),
        200);
    var before = FIRST.calls().size();
    FIRST.hang();
    var lead = service.lead(business, ADA);
    var delivery = delivery(lead, "sms");
    await().until(() -> FIRST.calls().size() == before + 1);
    forgetWorker(delivery);
    FIRST.letGo();
    await().until(() -> calls(delivery).size() == 1);
    service
        .database()
        .sql("update public.message_channels set is_enabled = true where business_id = ?")
        .param(business.id())
        .update();
    afterTheLease();

    becomes(delivery, "unknown");
    assertThat(column(delivery, "outcome_unknown")).isEqualTo(true);
    clock.advance(Duration.ofMinutes(11));
    await().until(() -> is(lead, "email", "sent"));
    assertThat(FIRST.calls()).as("sent once").hasSize(before + 1);
  }

  @Test
  void what_can_never_be_written_has_failed_after_its_attempts() {
    var business = business("webhook");
    service
        .database()
        .sql("update messaging.webhook_secrets set secret = 'none' where subscription_id = ?")
        .param(subscription(business))
        .update();

    var delivery = delivery(service.lead(business, ADA), "webhook");
    for (int attempt = 1; attempt < 10 && !state(delivery).equals("failed"); attempt++) {
      var made = attempt;
      await().until(() -> attempts(delivery) >= made && !state(delivery).equals("sending"));
      clock.advanceTo(nextAttempt(delivery).plusSeconds(1));
    }

    becomes(delivery, "failed");
    assertThat(attempts(delivery)).isEqualTo(10);
    assertThat(receiver.calls()).isEmpty();
  }

  @Test
  void what_cannot_be_recorded_holds_up_no_other_and_nothing_is_sent_twice() throws Exception {
    var stuckBusiness = business("email");
    var otherBusiness = business("email");
    MAIL.hang();
    var stuckLead = service.lead(stuckBusiness, ADA);
    var otherLead = service.lead(otherBusiness, ADA);
    var stuck = delivery(stuckLead, "email");
    var other = delivery(otherLead, "email");
    await().until(() -> state(stuck).equals("sending") && state(other).equals("sending"));

    try (var somebody = service.login().getConnection()) {
      somebody.setAutoCommit(false);
      try (var lock =
          somebody.prepareStatement("select from messaging.deliveries where id = ? for update")) {
        lock.setObject(1, stuck);
        lock.execute();
      }
      MAIL.letGo();
      becomes(other, "sent");
      assertThat(state(stuck)).isEqualTo("sending");
      somebody.rollback();
    }

    becomes(stuck, "sent");
    assertThat(attempts(stuck)).isEqualTo(1);
    assertThat(MAIL.taken(stuckBusiness.email())).hasSize(1);
    assertThat(MAIL.taken(otherBusiness.email())).hasSize(1);
  }

  @Test
  void what_cannot_be_recorded_for_longer_than_a_lease_is_not_sent_again() throws Exception {
    var business = business("webhook");
    receiver.answers(500);
    try (var somebody = service.login().getConnection()) {
      somebody.setAutoCommit(false);
      try (var lock =
          somebody.prepareStatement(
              "select from messaging.webhook_subscriptions where business_id = ? for update")) {
        lock.setObject(1, business.id());
        lock.execute();
      }
      var stuck = delivery(service.lead(business, ADA), "webhook");
      await().until(() -> receiver.calls().size() == 1);
      // Far longer than its lease, which is renewed for as long as this instance lives.
      for (int n = 0; n < 5; n++) {
        var until = leaseEnd(stuck);
        clock.advance(Duration.ofSeconds(15));
        await().until(() -> leaseEnd(stuck).isAfter(until));
      }
      assertThat(state(stuck)).isEqualTo("sending");
      assertThat(attempts(stuck)).isEqualTo(1);
      assertThat(receiver.calls()).hasSize(1);

      somebody.rollback();
      // Its next attempt has long been due.
      becomes(stuck, "delivered");
      assertThat(attempts(stuck)).isEqualTo(2);
    }
    assertThat(receiver.calls()).hasSize(2);
  }

  // Isolation

  @Test
  void a_noisy_business_does_not_make_another_one_wait() {
    var noisy = business("webhook");
    var quiet = business("webhook");
    receiver.hang();
    owe(noisy, 500);
    await().until(() -> receiver.calls().size() == THREE_QUARTERS);

    var lead = service.lead(quiet, ADA);
    receiver.letGo();

    await().until(() -> is(lead, "webhook", "delivered"));
    assertThat(place(receiver, lead)).as("of 501 calls").isLessThan(12);
  }

  @Test
  void a_host_that_hangs_takes_no_more_than_its_limit_and_others_pass() {
    var stuck = business("webhook");
    receiver.hang();
    owe(stuck, 50);
    await().until(() -> receiver.calls().size() == THREE_QUARTERS);

    try (var well = new FarEnd()) {
      var other = service.business(well.url());
      var lead = service.lead(other, ADA);
      await().until(() -> is(lead, "webhook", "delivered"));
    }

    assertThat(receiver.calls()).hasSize(THREE_QUARTERS);
  }

  @Test
  void a_host_that_does_not_answer_is_left_alone_at_no_cost_and_is_found_well_again() {
    var business = business("webhook");
    receiver.usually(503, Map.of(), "");
    owe(business, 40);
    await()
        .until(() -> receiver.calls().size() >= 10 && untried(business) == untriedAtRest(business));
    var calls = receiver.calls().size();
    var untried = untried(business);
    assertThat(untried).isBetween(20, 30);

    try (var well = new FarEnd()) {
      var lead = service.lead(service.business(well.url()), ADA);
      await().until(() -> is(lead, "webhook", "delivered"));
    }
    assertThat(receiver.calls()).as("while it rests").hasSize(calls);
    assertThat(untried(business)).isEqualTo(untried);

    receiver.usually(200, Map.of(), "");
    clock.advance(Duration.ofSeconds(31));
    await().until(() -> delivered(business) == 40);
  }

  /** How many were not tried yet once nothing is being sent any more. */
  private int untriedAtRest(Business business) {
    return count(business, "state = 'sending'") == 0 ? untried(business) : -1;
  }

  private int untried(Business business) {
    return count(business, "attempts = 0");
  }

  private int delivered(Business business) {
    return count(business, "state = 'delivered'");
  }

  private int count(Business business, String what) {
    return service
        .database()
        .sql("select count(*) from messaging.deliveries where business_id = ? and " + what)
        .param(business.id())
        .query(Integer.class)
        .single();
  }

  private static int place(FarEnd receiver, UUID lead) {
    var bodies = receiver.calls().stream().map(FarEnd.Call::body).toList();
    for (int place = 0; place < bodies.size(); place++) {
      if (bodies.get(place).contains(lead.toString())) {
        return place;
      }
    }
    throw new AssertionError("It was not called for " + lead);
  }

  private Instant leaseEnd(UUID delivery) {
    return ((Timestamp) column(delivery, "lease_until")).toInstant();
  }

  private void limit(UUID delivery, int attempts) {
    service
        .database()
        .sql("update messaging.deliveries set attempt_limit = ? where id = ?")
        .params(attempts, delivery)
        .update();
  }
}
