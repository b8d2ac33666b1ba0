package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.platform.database.Workers.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a subscription's rate limit and its ordering keep a claim from taking. */
class ClaimLimitsTest {

  private static Doors doors;

  private Workers workers;
  private UUID business;
  private UUID subscription;

  @BeforeAll
  static void migrate() {
    doors = new Doors(TestDatabase.upToDate(), TestDatabase.LOGIN);
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @BeforeEach
  void a_business_with_a_subscription() {
    doors.run("delete from public.businesses");
    workers = new Workers(doors);
    business = UUID.randomUUID();
    doors.run(
        """
        insert into public.businesses (id, name) values ('%1$s', 'Business');
        insert into public.funnels (id, business_id, name) values ('%1$s', '%1$s', 'Funnel');
        insert into public.message_channels (business_id, channel_type, config) values ('%1$s', 'webhook', '{}');
        """
            .formatted(business));
    subscription = subscribe("{message.created,message.read,message.archived}");
  }

  @ParameterizedTest
  @CsvSource({"60, 1, 2", "600, 1, 20", "1, 60, 1", "90, 2, 3"})
  void a_rate_limit_drains_a_backlog_at_its_rate_over_instances(
      int perMinute, int stepSeconds, int burst) {
    limit(perMinute);
    owe(subscription, 100);
    assertThat(send("one")).isEqualTo(burst);

    var claimed = burst;
    var passed = 0;
    while (claimed < 100) {
      workers.advance(Duration.ofSeconds(stepSeconds));
      passed += stepSeconds;
      claimed += send(passed % 2 == 0 ? "one" : "other");
      assertThat(claimed).isLessThanOrEqualTo(burst + perMinute * passed / 60);
    }

    assertThat(claimed).isEqualTo(100);
    assertThat(passed).isLessThanOrEqualTo(100 * 60 / perMinute + stepSeconds);
  }

  @Test
  void two_instances_at_once_take_no_more_than_the_limit() {
    limit(60);
    owe(subscription, 10);
    var both = workers.claimTogether("one", "other", "webhook", 50);
    assertThat(both.get(0)).hasSize(2);
    assertThat(both.get(1)).isEmpty();
  }

  @Test
  void a_time_that_a_wrong_clock_has_written_holds_up_a_limit_no_longer() {
    limit(60);
    owe(subscription, 10);
    nextSend(Duration.ofHours(1));
    assertThat(workers.claim("one", "webhook", 50)).hasSize(2);
    assertThat(workers.claim("other", "webhook", 50)).as("the claim has written its own").isEmpty();
    workers.advance(Duration.ofSeconds(1));
    assertThat(workers.claim("one", "webhook", 50)).hasSize(1);
  }

  @Test
  void a_limit_of_one_in_a_minute_waits_the_whole_minute() {
    limit(1);
    owe(subscription, 2);
    nextSend(Duration.ofMinutes(1));
    assertThat(workers.claim("one", "webhook", 50)).isEmpty();
    workers.advance(Duration.ofMinutes(1));
    assertThat(workers.claim("one", "webhook", 50)).hasSize(1);
  }

  @Test
  void a_quiet_hour_is_not_saved_up() {
    limit(60);
    workers.advance(Duration.ofHours(1));
    owe(subscription, 10);
    assertThat(workers.claim("one", "webhook", 50)).hasSize(2);
    workers.advance(Duration.ofHours(1));
    assertThat(workers.claim("one", "webhook", 50)).hasSize(2);
  }

  @Test
  void a_backlog_behind_a_limit_holds_up_no_other_and_asks_for_no_further_claim() {
    limit(60);
    owe(subscription, 60);
    var other = subscribe("{message.created}");
    owe(other, 20);

    var claimed = workers.claim("one", "webhook", 50);
    assertThat(claimed)
        .extracting(row -> row.get("queue_id"))
        .filteredOn(other::equals)
        .hasSize(20);
    assertThat(claimed).hasSize(22);
    assertThat(look()).as("what waits for its turn is not due").isEmpty();
  }

  @Test
  void a_lead_waits_for_the_claim_of_a_subscription_with_a_limit_and_for_no_other() {
    limit(60);
    var other = subscribe("{message.created}");
    acceptWithSlots();
    assertThat(states(subscription)).containsExactly("pending");
    assertThat(states(other)).containsExactly("sending");
  }

  @Test
  void a_limit_that_is_raised_holds_at_once() {
    limit(1);
    owe(subscription, 10);
    assertThat(workers.claim("one", "webhook", 50)).hasSize(1);
    workers.ask(business, "change-webhook-subscription", change("{\"rateLimit\": 120}"));
    assertThat(workers.claim("one", "webhook", 50)).hasSize(4);
    workers.ask(business, "change-webhook-subscription", change("{\"rateLimit\": null}"));
    assertThat(workers.claim("one", "webhook", 50)).hasSize(5);
  }

  @Test
  void without_an_order_later_events_of_a_lead_wait_for_none() {
    workers.accept(business);
    archive();
    assertThat(workers.claim("one", "webhook", 50)).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Ending.class,
      names = {"WELL", "NEVER"})
  void in_order_a_later_event_waits_until_earlier_ones_of_its_lead_have_ended(Ending ending) {
    inOrder();
    workers.accept(business);
    archive();
    var first = workers.claim("one", "webhook", 50);
    assertThat(first)
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("cause", "lead"));
    assertThat(workers.claim("other", "webhook", 50)).as("while it is sent").isEmpty();

    workers.recordOutcomes(List.of(workers.outcome(first.get(0), Ending.LATER)));
    workers.advance(Duration.ofMinutes(1));
    assertThat(look()).as("while it waits to be tried again").isEmpty();
    workers.accept(business);
    var other = workers.claim("one", "webhook", 50);
    assertThat(other).as("of another lead").hasSize(1);
    workers.recordOutcomes(List.of(workers.outcome(other.get(0), Ending.WELL)));

    workers.advance(Duration.ofMinutes(5));
    var again = workers.claim("one", "webhook", 50);
    assertThat(again).extracting(row -> row.get("id")).containsExactly(first.get(0).get("id"));
    workers.recordOutcomes(List.of(workers.outcome(again.get(0), ending)));

    assertThat(workers.claim("one", "webhook", 50))
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("cause", "event"));
  }

  @Test
  void one_claim_takes_events_of_a_lead_one_by_one_in_the_order_in_which_they_were_written() {
    inOrder();
    workers.accept(business);
    move("read");
    archive();
    var types = new ArrayList<String>();
    for (int round = 0; round < 3; round++) {
      var claimed = workers.claim("one", "webhook", 50);
      assertThat(claimed).hasSize(1);
      types.add(
          String.valueOf(claimed.get(0).get("event"))
              .replaceAll(".*\"type\" ?: ?\"([^\"]+)\".*", "$1"));
      workers.recordOutcomes(List.of(workers.outcome(claimed.get(0), Ending.WELL)));
    }
    assertThat(types).containsExactly("null", "message.read", "message.archived");
  }

  /** Claims, and delivers what was claimed. */
  private int send(String instance) {
    var claimed = workers.claim(instance, "webhook", 50);
    workers.recordOutcomes(claimed.stream().map(row -> workers.outcome(row, Ending.WELL)).toList());
    return claimed.size();
  }

  private UUID subscribe(String types) {
    return doors
        .admin
        .sql(
            "insert into messaging.webhook_subscriptions (business_id, url, event_types) values (?, 'https://example.com/', cast(? as text[])) returning id")
        .params(business, types)
        .query(UUID.class)
        .single();
  }

  private void limit(int perMinute) {
    doors
        .admin
        .sql("update messaging.webhook_subscriptions set rate_limit = ? where id = ?")
        .params(perMinute, subscription)
        .update();
  }

  /** The next request is allowed in so much time, as an earlier claim wrote. */
  private void nextSend(Duration ahead) {
    doors
        .admin
        .sql(
            "update messaging.webhook_subscriptions set next_send_at = cast(? as timestamptz) where id = ?")
        .params(workers.now().plus(ahead).toString(), subscription)
        .update();
  }

  private void inOrder() {
    doors
        .admin
        .sql("update messaging.webhook_subscriptions set ordering = 'per-lead' where id = ?")
        .params(subscription)
        .update();
  }

  private Map<String, String> change(String body) {
    var values = new HashMap<String, String>();
    values.put("variable.input.body", body);
    values.put("variable.input.values[id]", subscription.toString());
    values.put("variable.headers", null);
    values.put("variable.authentication", null);
    return values;
  }

  private void archive() {
    move("archived");
  }

  private void move(String status) {
    doors.run("update public.messages set status = '%s'".formatted(status));
    // The database has written the event by its own clock.
    workers.advance(Duration.ofSeconds(5));
  }

  private void owe(UUID target, int many) {
    doors
        .admin
        .sql(
            """
            insert into messaging.deliveries (business_id, cause, channel, target_id, state, next_attempt_at, created_at, updated_at)
            select ?, 'event', 'webhook', ?, 'pending', cast(? as timestamptz), now(), now() from generate_series(1, ?)
            """)
        .params(business, target, workers.now().toString(), many)
        .update();
  }

  private List<Map<String, Object>> look() {
    return StatementFile.of("list-due-queues")
        .run(
            doors.worker,
            Map.of(
                "variable.channel",
                "webhook",
                "variable.settings.batch",
                "50",
                "bean:now?method=moment",
                workers.now().toString(),
                "bean:leases?method=lostBefore",
                workers.now().toString()));
  }

  /** Takes in a lead while this instance has room to send its deliveries at once. */
  private void acceptWithSlots() {
    var values = new HashMap<String, Object>(StatementFile.NO_ROOM);
    values.put("variable.reservation.json", "{\"webhook\": 5}");
    values.put("bean:channels?method=names", "email,sms,webhook");
    values.put("bean:now?method=moment", workers.now().toString());
    values.put(
        "leads",
        "[{\"id\":\"%s\",\"funnelId\":\"%s\",\"contactName\":\"Ada\",\"priority\":\"medium\",\"metadata\":{},\"contact\":\"aa\",\"content\":\"aa\",\"trusted\":false}]"
            .formatted(UUID.randomUUID(), business));
    StatementFile.of("accept-message").run(doors.intake, values);
  }

  private List<String> states(UUID target) {
    return doors
        .admin
        .sql("select state from messaging.deliveries where target_id = ?")
        .param(target)
        .query(String.class)
        .list();
  }
}
