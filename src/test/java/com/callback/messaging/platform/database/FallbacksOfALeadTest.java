package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.platform.database.Seen.Row;
import com.callback.messaging.platform.database.Workers.Ending;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a lead when a way to its business fails, or is switched off. */
class FallbacksOfALeadTest {

  private static Doors doors;

  private Workers workers;
  private UUID business;

  @BeforeAll
  static void migrate() {
    doors = new Doors(TestDatabase.upToDate(), TestDatabase.LOGIN);
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @BeforeEach
  void a_business() {
    doors.run("delete from messaging.deliveries");
    workers = new Workers(doors);
    business = EveryDeliveryEndsTest.business(doors);
  }

  @Test
  void a_failed_mail_goes_by_sms_and_no_further() {
    only("email");
    workers.accept(business);

    ends("email", Ending.NEVER);

    var fallback = row("sms");
    assertThat(fallback.state()).isEqualTo("pending");
    assertThat(fallback.fallbackOf()).isEqualTo(row("email").id());
    assertThat(lead().unreachedSince()).isNull();
    ends("sms", Ending.NEVER);
    assertThat(seen().of(lead().id())).hasSize(2);
    assertThat(lead().unreachedSince()).isEqualTo(workers.now());
    assertThat(seen().count("delivery.fell_back")).isEqualTo(1);
  }

  @Test
  void a_failed_sms_goes_by_mail_and_no_further() {
    only("sms");
    workers.accept(business);

    ends("sms", Ending.NEVER);
    assertThat(row("email").fallbackOf()).isEqualTo(row("sms").id());
    ends("email", Ending.NEVER);

    assertThat(seen().of(lead().id())).hasSize(2);
    assertThat(lead().unreachedSince()).isNotNull();
  }

  @Test
  void a_fallback_that_is_switched_off_is_none() {
    only("email");
    workers.accept(business);
    switchChannel("sms", false);
    ends("email", Ending.NEVER);
    assertThat(seen().of(lead().id())).hasSize(1);
    assertThat(lead().unreachedSince()).isNotNull();
  }

  @Test
  void two_that_fail_together_do_not_choose_the_same_way() {
    only("webhook");
    workers.accept(business);

    ends("webhook", Ending.NEVER);

    assertThat(seen().of(lead().id()))
        .extracting(Row::channel)
        .containsExactlyInAnyOrder("webhook", "webhook", "sms", "email");
  }

  @Test
  void an_sms_that_may_have_arrived_waits_for_its_receipt_before_another_way_is_tried() {
    only("sms");
    workers.accept(business);

    ends("sms", Ending.UNKNOWN);
    assertThat(row("sms").state()).isEqualTo("unknown");
    assertThat(lead().smsStatus()).isEqualTo("pending");
    assertThat(lead().unreachedSince()).as("while a receipt may still tell").isNull();
    workers.advance(Workers.RECEIPT_WAIT.minusSeconds(1));
    workers.stopWaitingForReceipts();
    assertThat(seen().of(lead().id())).hasSize(1);

    workers.advance(Duration.ofSeconds(2));
    workers.stopWaitingForReceipts();
    workers.stopWaitingForReceipts();

    assertThat(row("email").fallbackOf()).isEqualTo(row("sms").id());
    assertThat(lead().smsStatus()).isEqualTo("failed");
    assertThat(lead().unreachedSince()).isNull();
    assertThat(seen().count("message.unreached")).isZero();
  }

  @Test
  void that_nobody_was_reached_is_told_once_and_taken_back_when_a_replay_arrives() {
    only("email");
    switchChannel("sms", false);
    workers.accept(business);
    ends("email", Ending.NEVER);
    assertThat(seen().count("message.unreached")).isEqualTo(1);

    retry(row("email"));
    assertThat(lead().unreachedSince()).isNull();
    ends("email", Ending.TAKEN);

    assertThat(lead().unreachedSince()).isNull();
    assertThat(lead().emailStatus()).isEqualTo("sent");
    assertThat(seen().count("message.unreached")).isEqualTo(1);
  }

  @Test
  void a_failure_is_told_to_whoever_asked_and_failing_to_tell_it_is_not() {
    only("email");
    switchChannel("webhook", true);
    workers.accept(business);
    ends("email", Ending.NEVER);
    var told = told("delivery.failed");
    assertThat(told).hasSize(2);

    var telling =
        workers.claim("one", "webhook", 50).stream()
            .filter(each -> each.get("cause").equals("event"))
            .map(each -> workers.outcome(each, Ending.NEVER))
            .toList();
    workers.recordOutcomes(telling);

    assertThat(told("delivery.failed")).hasSize(2).extracting(Row::state).containsOnly("failed");
    assertThat(seen().count("delivery.failed")).isEqualTo(1);
  }

  @Test
  void what_was_held_is_sent_at_the_pace_of_its_subscription() {
    only("webhook");
    doors.run("update messaging.webhook_subscriptions set drain_per_minute = 30");
    subscriptions("disabled_at = now(), disabled_reason = 'manual'");
    for (int i = 0; i < 4; i++) {
      workers.accept(business);
    }
    assertThat(seen().rows().map(Row::state)).containsOnly("held");

    workers.advance(Duration.ofHours(1));
    subscriptions("disabled_at = null, updated_at = '" + workers.now() + "'");
    workers.followSwitches();

    var one = seen().rows().findFirst().orElseThrow().targetId();
    assertThat(
            seen()
                .rows()
                .filter(row -> row.targetId().equals(one))
                .map(Row::nextAttemptAt)
                .sorted())
        .containsExactly(
            workers.now(),
            workers.now().plusSeconds(2),
            workers.now().plusSeconds(4),
            workers.now().plusSeconds(6));
  }

  @Test
  void a_deleted_subscription_cancels_what_is_owed_to_it() {
    only("webhook");
    workers.accept(business);
    deleteSubscriptions();
    assertThat(workers.claim("one", "webhook", 50)).isEmpty();
    workers.followSwitches();
    assertThat(seen().rows().map(Row::state)).containsOnly("cancelled");
    assertThat(lead().unreachedSince()).isNotNull();
  }

  @Test
  void a_subscription_that_says_it_is_gone_after_it_was_deleted_holds_nothing() {
    only("webhook");
    workers.accept(business);
    var claimed = workers.claim("one", "webhook", 50);
    deleteSubscriptions();

    workers.recordOutcomes(
        claimed.stream().map(each -> workers.outcome(each, Ending.GONE)).toList());

    assertThat(seen().rows().filter(row -> row.channel().equals("webhook")).map(Row::state))
        .containsOnly("failed");
  }

  @Test
  void what_is_held_for_a_target_that_was_deleted_meanwhile_ends() {
    only("webhook");
    workers.accept(business);
    doors.run(
        "update messaging.deliveries set state = 'held', held_reason = 'disabled', target_id = gen_random_uuid()");

    workers.followSwitches();

    assertThat(seen().of(lead().id())).extracting(Row::state).containsOnly("cancelled");
  }

  @Test
  void a_channel_that_is_off_holds_what_is_owed_and_on_again_lets_it_go() {
    only("email");
    workers.accept(business);
    switchChannel("email", false);
    assertThat(workers.claim("one", "email", 50)).as("before it is held").isEmpty();
    workers.followSwitches();
    assertThat(row("email").state()).isEqualTo("held");
    assertThat(workers.claim("one", "email", 50)).isEmpty();
    switchChannel("email", true);
    workers.followSwitches();
    assertThat(row("email").state()).isEqualTo("pending");
    assertThat(row("email").attempts()).isZero();
  }

  @Test
  void a_webhook_is_held_until_its_subscription_and_its_channel_are_both_on() {
    only("webhook");
    workers.accept(business);
    subscriptions("disabled_at = now(), disabled_reason = 'manual'");
    switchChannel("webhook", false);
    subscriptions("disabled_at = null");
    workers.followSwitches();
    assertThat(seen().rows().map(Row::state)).containsOnly("held");

    subscriptions("disabled_at = now(), disabled_reason = 'manual'");
    switchChannel("webhook", true);
    workers.followSwitches();
    assertThat(seen().rows().map(Row::state)).containsOnly("held");

    subscriptions("disabled_at = null");
    workers.followSwitches();
    assertThat(seen().rows().map(Row::state)).containsOnly("pending");
  }

  @Test
  void a_webhook_to_be_tried_again_waits_while_its_channel_is_off() {
    only("webhook");
    workers.accept(business);
    var claimed = workers.claim("one", "webhook", 50);
    switchChannel("webhook", false);
    workers.recordOutcomes(
        claimed.stream().map(each -> workers.outcome(each, Ending.LATER)).toList());
    assertThat(seen().rows().map(Row::state)).containsOnly("held");
  }

  @Test
  void a_business_that_is_deleted_leaves_nothing_whatever_was_under_way() {
    workers.accept(business);
    workers.claim("one", "webhook", 1);
    subscriptions("disabled_at = now(), disabled_reason = 'gone'");
    doors.run("delete from public.businesses where id = '%s'".formatted(business));
    assertThat(seen().deliveries()).isEmpty();
  }

  /** An SMS goes to urgent leads only, and so is a way that is not taken at first. */
  private void only(String channel) {
    doors.run(
        """
        update public.message_channels set is_enabled = channel_type <> 'webhook' or '%1$s' = 'webhook' where business_id = '%2$s';
        update public.notification_preferences set email_new_messages = '%1$s' = 'email', sms_urgent_only = '%1$s' <> 'sms'
        where business_id = '%2$s'
        """
            .formatted(channel, business));
  }

  private void switchChannel(String channel, boolean on) {
    doors
        .admin
        .sql(
            "update public.message_channels set is_enabled = ? where business_id = ? and channel_type = ?")
        .params(on, business, channel)
        .update();
  }

  private void subscriptions(String change) {
    doors.run(
        "update messaging.webhook_subscriptions set %s where business_id = '%s'"
            .formatted(change, business));
  }

  private void deleteSubscriptions() {
    doors.run(
        "delete from messaging.webhook_subscriptions where business_id = '%s'".formatted(business));
  }

  private void ends(String channel, Ending ending) {
    var claimed = workers.claim("one", channel, 50);
    assertThat(claimed).isNotEmpty();
    workers.recordOutcomes(claimed.stream().map(each -> workers.outcome(each, ending)).toList());
  }

  private void retry(Row row) {
    workers.ask(
        business,
        "retry-delivery",
        Map.of("variable.input.values[id]", row.id().toString(), "variable.input.body", "{}"));
  }

  private List<Row> told(String type) {
    var entries =
        seen().entries().stream()
            .filter(entry -> entry.type().equals(type))
            .map(Seen.Entry::id)
            .toList();
    return seen().rows().filter(row -> entries.contains(row.eventId())).toList();
  }

  private Seen.Lead lead() {
    return seen().leads().values().iterator().next();
  }

  private Row row(String channel) {
    return seen()
        .rows()
        .filter(row -> row.cause().equals("lead") && row.channel().equals(channel))
        .findFirst()
        .orElseThrow();
  }

  private Seen seen() {
    return Seen.of(doors.admin, business);
  }
}
