package com.callback.messaging.platform.database;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What must stay true whoever changes a row, and in whichever order. */
class KeptTrueTest {

  private static Doors doors;

  private UUID business;
  private UUID lead;

  @BeforeAll
  static void migrate() {
    doors = new Doors(TestDatabase.upToDate(), TestDatabase.LOGIN);
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @BeforeEach
  void a_lead_of_a_business_with_every_channel_on() {
    business = UUID.randomUUID();
    doors.run(
        """
        delete from messaging.deliveries;
        insert into public.businesses (id, name) values ('%1$s', 'Business');
        insert into public.funnels (id, business_id, name) values ('%1$s', '%1$s', 'Funnel');
        insert into public.message_channels (business_id, channel_type, config)
          values ('%1$s', 'email', '{}'), ('%1$s', 'sms', '{}'), ('%1$s', 'webhook', '{"url":"https://example.com/a"}');
        insert into messaging.webhook_subscriptions (business_id, url, disabled_at)
          values ('%1$s', 'https://example.com/b', null), ('%1$s', 'https://example.com/c', now());
        """
            .formatted(business));
    lead = doors.accept(business);
  }

  @Test
  void the_event_says_how_many_deliveries_were_written() {
    assertThat(
            one(
                "select owed::text from messaging.message_events where message_id = '%s' and type = 'message.created'"))
        .isEqualTo("5")
        .isEqualTo(one("select count(*)::text from messaging.deliveries where message_id = '%s'"));
    assertThat(
            one(
                "select count(*)::text from messaging.deliveries where message_id = '%s' and state = 'held' and held_reason = 'disabled'"))
        .isEqualTo("1");
  }

  @Test
  void a_lead_that_nobody_is_told_of_owes_nothing() {
    doors.run("update public.message_channels set is_enabled = false");
    lead = doors.accept(business);
    assertThat(
            one(
                "select string_agg(type || ' ' || owed, ', ' order by id) from messaging.message_events where message_id = '%s'"))
        .isEqualTo("message.created 0, message.unreached 0");
    assertThat(
            one("select (unreached_since = created_at)::text from public.messages where id = '%s'"))
        .isEqualTo("true");
    assertThat(one("select email_status || sms_status from public.messages where id = '%s'"))
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "pending, pending",
    "sending, pending",
    "held, pending",
    "sent, sent",
    "delivered, delivered",
    "failed, failed",
    "cancelled, failed"
  })
  void a_message_shows_the_state_of_its_only_delivery(String state, String shown) {
    move(delivery("email"), state);
    move(delivery("sms"), state);
    assertThat(one("select email_status from public.messages where id = '%s'")).isEqualTo(shown);
    assertThat(one("select sms_status from public.messages where id = '%s'")).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "delivered, sent, delivered",
    "delivered, failed, delivered",
    "sent, pending, sent",
    "sent, cancelled, sent",
    "held, failed, pending",
    "cancelled, failed, failed"
  })
  void a_message_shows_the_best_of_its_deliveries_on_a_channel(
      String one, String other, String shown) {
    var replaced = delivery("email");
    var fallback = fallbackOf(replaced, "email");
    for (var pair : List.of(List.of(one, other), List.of(other, one))) {
      move(replaced, pair.get(0));
      move(fallback, pair.get(1));
      assertThat(one("select email_status from public.messages where id = '%s'"))
          .as("%s", pair)
          .isEqualTo(shown);
    }
  }

  @Test
  void a_fallback_is_shown_from_its_beginning() {
    var replaced = delivery("email");
    move(replaced, "failed");
    doors.run("update public.messages set sms_status = null");
    fallbackOf(replaced, "sms");
    assertThat(one("select sms_status from public.messages where id = '%s'")).isEqualTo("pending");
    fallbackOf(replaced, "email");
    assertThat(one("select email_status from public.messages where id = '%s'"))
        .isEqualTo("pending");
  }

  @Test
  void only_deliveries_of_the_lead_itself_are_shown() {
    doors.run(
        """
        insert into messaging.deliveries (business_id, cause, message_id, channel, next_attempt_at, created_at, updated_at)
        values ('%s', 'reply', '%s', 'email', now(), now(), now());
        update messaging.deliveries set state = 'delivered' where cause = 'reply'
        """
            .formatted(business, lead));
    assertThat(one("select email_status from public.messages where id = '%s'"))
        .isEqualTo("pending");
  }

  @Test
  void the_moment_of_sending_is_noted_once() {
    var delivery = delivery("email");
    moveAt(delivery, "sent", "2026-03-01T10:00:00Z");
    moveAt(delivery, "delivered", "2026-03-01T10:05:00Z");
    moveAt(delivery, "failed", "2026-03-01T10:10:00Z");
    moveAt(delivery, "sent", "2026-03-01T10:15:00Z");
    assertThat(
            doors
                .admin
                .sql("select email_sent_at from public.messages where id = ?")
                .param(lead)
                .query(java.sql.Timestamp.class)
                .single()
                .toInstant())
        .isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
    assertThat(one("select sms_sent_at::text from public.messages where id = '%s'")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "sent, failed, sent",
    "failed, sent, sent",
    "failed, delivered, delivered",
    "delivered, sent, delivered",
    "failed, failed, failed"
  })
  void two_outcomes_recorded_at_once_leave_the_best_of_both(
      String first, String second, String shown) throws Exception {
    fallbackOf(delivery("email"), "email");
    var claimed = doors.claim("email");
    assertThat(claimed).hasSize(2);

    try (var one = doors.worker.getConnection()) {
      one.setAutoCommit(false);
      recordOutcomes(one, claimed.get(0), first);
      // It does not wait for the one who has the lead: what it means for the lead follows.
      CompletableFuture.runAsync(() -> doors.recordOutcome(claimed.get(1), second))
          .get(10, SECONDS);
      one.commit();
      one.setAutoCommit(true);
    }
    StatementFile.of("catch-up-with-leads").run(doors.worker, Map.of());

    assertThat(one("select email_status from public.messages where id = '%s'")).isEqualTo(shown);
  }

  @Test
  void a_lead_has_one_delivery_per_target() {
    assertThatThrownBy(
            () ->
                doors.run(
                    "insert into messaging.deliveries (business_id, cause, message_id, channel, target_id, next_attempt_at, created_at, updated_at) select business_id, cause, message_id, channel, target_id, now(), now(), now() from messaging.deliveries where id = '%s'"
                        .formatted(delivery("email"))))
        .hasMessageContaining("deliveries_of_lead");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state = 'sending'",
        "state = 'sending', leased_by = 'a'",
        "state = 'sending', lease_until = now()",
        "leased_by = 'a'",
        "lease_until = now()",
        "leased_by = 'a', lease_until = now()",
        "state = 'sent', leased_by = 'a', lease_until = now()"
      })
  void a_lease_goes_with_sending(String change) {
    refused(change, "a_lease_goes_with_sending");
  }

  @ParameterizedTest
  @ValueSource(strings = {"state = 'held'", "held_reason = 'quiet hours'"})
  void what_is_held_says_why(String change) {
    refused(change, "held_says_why");
  }

  @Test
  void a_lease_that_ended_changes_nothing_but_its_requests_are_recorded() {
    var claimed = doors.claim("sms").get(0);
    doors.run(
        "update messaging.deliveries set attempts = attempts + 1 where id = '%s'"
            .formatted(claimed.get("id")));

    assertThat(doors.recordOutcome(claimed, "sent")).isFalse();

    assertThat(one("select sms_status from public.messages where id = '%s'")).isEqualTo("pending");
    assertThat(
            doors
                .admin
                .sql("select count(*) from messaging.delivery_attempts where delivery_id = ?")
                .param(claimed.get("id"))
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void only_the_first_address_that_the_platform_writes_becomes_a_subscription() {
    var other = UUID.randomUUID();
    doors.run(
        """
        insert into public.businesses (id, name) values ('%1$s', 'Other');
        insert into public.message_channels (business_id, channel_type, config)
          values ('%1$s', 'webhook', '{}'), ('%1$s', 'email', '{"url":"https://example.com/not-this"}');
        update public.message_channels set config = '{"url":"https://example.com/first"}'
          where business_id = '%1$s' and channel_type = 'webhook';
        update public.message_channels set config = '{"url":"https://example.com/second"}'
          where business_id = '%1$s' and channel_type = 'webhook';
        """
            .formatted(other));
    assertThat(
            doors
                .admin
                .sql(
                    "select s.url, w.secret from messaging.webhook_subscriptions s left join messaging.webhook_secrets w on w.subscription_id = s.id where s.business_id = ?")
                .param(other)
                .query()
                .listOfRows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.get("url")).isEqualTo("https://example.com/first");
              assertThat(row.get("secret").toString()).matches("whsec_[A-Za-z0-9+/]{43}=");
            });
  }

  private void refused(String change, String constraint) {
    assertThatThrownBy(
            () ->
                doors.run(
                    "update messaging.deliveries set %s where id = '%s'"
                        .formatted(change, delivery("email"))))
        .hasMessageContaining(constraint);
  }

  private String delivery(String channel) {
    return one(
        "select id::text from messaging.deliveries where message_id = '%s' and fallback_of is null and channel = '"
            + channel
            + "'");
  }

  private String fallbackOf(String replaced, String channel) {
    return doors
        .admin
        .sql(
            """
            insert into messaging.deliveries (business_id, cause, message_id, channel, fallback_of, next_attempt_at, created_at, updated_at)
            select business_id, cause, message_id, ?, id, next_attempt_at, now(), now() from messaging.deliveries where id = ?
            returning id::text
            """)
        .params(channel, replaced)
        .query(String.class)
        .single();
  }

  private static void move(String delivery, String state) {
    moveAt(delivery, state, Doors.NOW.toString());
  }

  /** As the worker, in whose name everything moves. */
  private static void moveAt(String delivery, String state, String at) {
    org.springframework.jdbc.core.simple.JdbcClient.create(doors.worker)
        .sql(
            """
            update messaging.deliveries
            set state = :state, updated_at = :at,
              leased_by = case when :state = 'sending' then 'a' end,
              lease_until = case when :state = 'sending' then cast(:at as timestamptz) end,
              held_reason = case when :state = 'held' then 'test' end
            where id = :id
            """)
        .params(Map.of("state", state, "at", at, "id", delivery))
        .update();
  }

  private static void recordOutcomes(
      Connection connection, Map<String, Object> claimed, String state) {
    StatementFile.of("record-outcomes")
        .run(new SingleConnectionDataSource(connection, true), Doors.outcomesOf(claimed, state));
  }

  private String one(String query) {
    return doors.admin.sql(query.formatted(lead)).query(String.class).optional().orElse(null);
  }
}
