package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Notifications wait for the end of the quiet hours, and none is lost or sent twice. */
class DeferredNotificationsTest {

  /** The quiet hours of these tests, a Sunday, hold {@link Doors#NOW} and end here. */
  private static final Instant END = Instant.parse("2026-03-01T12:00:00Z");

  private static Doors doors;

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
  void a_business_with_quiet_hours() {
    doors.run("delete from messaging.deliveries");
    business = EveryDeliveryEndsTest.business(doors);
    doors.run("update public.notification_preferences set sms_urgent_only = false");
    settings("spans", "[{\"weekday\":7,\"opens\":\"08:00\",\"closes\":\"12:00\"}]");
  }

  @Test
  void a_notification_to_people_waits_and_a_webhook_does_not() {
    var lead = doors.accept(business);

    assertThat(states(lead)).contains("email held quiet hours", "sms held quiet hours");
    assertThat(states(lead))
        .filteredOn(each -> each.startsWith("webhook"))
        .containsOnly("webhook pending ");
    assertThat(
            text(
                "select string_agg(distinct next_attempt_at::text, ',') from messaging.deliveries where held_reason = 'quiet hours'"))
        .isEqualTo("2026-03-01 12:00:00+00");
    assertThat(
            text(
                "select data ->> 'deferredUntil' from messaging.message_events where message_id = '%s' and type = 'message.created'"
                    .formatted(lead)))
        .isEqualTo("2026-03-01T12:00:00.000Z");
    assertThat(doors.claim("email")).isEmpty();
    assertThat(text("select count(*)::text from messaging.undelivered('%s')".formatted(END)))
        .as("what needs a person: three webhooks that are late")
        .isEqualTo("2");
  }

  @Test
  void a_business_without_quiet_hours_is_notified_at_once() {
    settings("off", "[]");
    assertThat(states(doors.accept(business))).contains("email pending ", "sms pending ");
  }

  @Test
  void a_single_lead_is_notified_as_usual() {
    var lead = doors.accept(business);

    assertThat(sumUp(END.minusSeconds(1))).isNull();
    assertThat(sumUp(END)).isEqualTo("email,sms");

    assertThat(states(lead)).contains("email pending ", "sms pending ");
    assertThat(summaries()).isEmpty();
    assertThat(sumUp(END)).isNull();
  }

  @Test
  void several_leads_are_one_summary_for_each_channel() {
    var leads = IntStream.range(0, 23).mapToObj(i -> doors.accept(business)).toList();

    sumUp(END);
    sumUp(END);

    assertThat(summaries()).extracting(each -> each.get("channel")).containsExactly("email", "sms");
    assertThat(summaries())
        .extracting(each -> each.get("payload").toString())
        .allSatisfy(
            payload -> {
              assertThat(payload).contains("\"count\": 23");
              assertThat(payload.split("\"createdAt\"")).hasSize(21);
            });
    assertThat(states(leads.get(22))).contains("email held in summary", "sms held in summary");
    assertThat(
            number(
                "select count(*) from messaging.message_events where type = 'delivery.summed_up' and business_id = '%s'"
                    .formatted(business)))
        .isEqualTo(46);
  }

  @Test
  void a_summary_does_not_count_leads_that_were_deleted_before_it_is_sent() {
    var leads = IntStream.range(0, 4).mapToObj(i -> doors.accept(business)).toList();
    sumUp(END);
    forget(leads.get(0));
    assertThat(summaries())
        .hasSize(2)
        .allSatisfy(
            each ->
                assertThat(each.get("payload").toString())
                    .contains("\"count\": 3")
                    .doesNotContain(leads.get(0).toString()));

    forget(leads.get(1));
    forget(leads.get(2));
    assertThat(
            text(
                "select string_agg(distinct state, ',') from messaging.deliveries where cause = 'summary'"))
        .isEqualTo("cancelled");
    assertThat(states(leads.get(3))).contains("email pending ", "sms pending ");
    passOn();
    assertThat(states(leads.get(3))).contains("email pending ", "sms pending ");
    assertBalanced(List.of(leads.get(3)));
  }

  @Test
  void a_summary_that_was_sent_keeps_its_count() {
    var leads = List.of(doors.accept(business), doors.accept(business));
    sumUp(END);
    end("email", "sent");
    forget(leads.get(0));
    assertThat(summaries().get(0).get("payload").toString()).contains("\"count\": 2");
  }

  private static void forget(UUID lead) {
    doors.run("select messaging.forget_messages(array['%s'::uuid])".formatted(lead));
  }

  @Test
  void what_becomes_of_a_summary_becomes_of_what_it_covers() {
    var leads = List.of(doors.accept(business), doors.accept(business));
    sumUp(END);
    end("email", "sent");
    end("sms", "failed");

    assertThat(passOn()).isEqualTo(2);
    assertThat(passOn()).isZero();

    for (var lead : leads) {
      assertThat(states(lead)).contains("email sent ", "sms failed ");
      assertThat(text("select email_status from public.messages where id = '%s'".formatted(lead)))
          .isEqualTo("sent");
    }
    // As by a bounce.
    end("email", "failed");
    passOn();
    assertThat(states(leads.get(0))).contains("email failed ");
    assertBalanced(leads);
  }

  @Test
  void a_notification_that_a_person_has_sent_again_is_not_covered_any_more() {
    var lead = doors.accept(business);
    doors.accept(business);
    sumUp(END);
    doors.run(
        "update messaging.deliveries set state = 'pending', held_reason = null, covered_by = null where message_id = '%s' and channel = 'email'"
            .formatted(lead));
    end("email", "sent");
    passOn();
    assertThat(states(lead)).contains("email pending ");
  }

  @Test
  void a_lead_that_was_acknowledged_meanwhile_is_left_out_and_not_unreached() {
    var acknowledged = doors.accept(business);
    var waiting = doors.accept(business);
    doors.run(
        "update messaging.deliveries set state = 'delivered', ended_at = now() where channel = 'webhook'");
    doors.run(
        "update public.messages set status = 'acknowledged', acknowledged_at = '%s' where id = '%s'"
            .formatted(Doors.NOW, acknowledged));

    sumUp(END);

    assertThat(states(acknowledged)).contains("email cancelled ", "sms cancelled ");
    assertThat(states(waiting)).contains("email pending ", "sms pending ");
    assertThat(summaries()).isEmpty();
    assertBalanced(List.of(acknowledged, waiting));
  }

  @Test
  void an_acknowledged_lead_whose_only_notifications_were_left_out_is_not_unreached() {
    doors.run("update public.message_channels set is_enabled = channel_type = 'email'");
    var lead = doors.accept(business);
    doors.run(
        "update public.messages set status = 'acknowledged', acknowledged_at = '%s' where id = '%s'"
            .formatted(Doors.NOW, lead));
    sumUp(END);
    assertThat(states(lead)).containsExactly("email cancelled ");
    assertThat(
            text(
                "select unreached_since::text from public.messages where id = '%s'"
                    .formatted(lead)))
        .isNull();
  }

  @Test
  void a_channel_that_is_off_when_the_quiet_hours_end_holds_what_waited() {
    var lead = doors.accept(business);
    doors.accept(business);
    doors.run("update public.message_channels set is_enabled = false where channel_type = 'email'");
    sumUp(END);
    assertThat(states(lead)).contains("email held channel off", "sms held in summary");
  }

  @Test
  void quiet_hours_that_were_made_longer_meanwhile_last_longer() {
    var lead = doors.accept(business);
    settings("spans", "[{\"weekday\":7,\"opens\":\"08:00\",\"closes\":\"20:00\"}]");

    sumUp(END);
    assertThat(states(lead)).contains("email held quiet hours");
    assertThat(sumUp(Instant.parse("2026-03-01T19:59:59Z"))).isNull();
    sumUp(Instant.parse("2026-03-01T20:00:00Z"));
    assertThat(states(lead)).contains("email pending ");
  }

  @Test
  void a_lead_that_is_released_from_quarantine_in_the_quiet_hours_waits_too() {
    var lead = doors.accept(business);
    for (var priority : List.of("medium", "urgent")) {
      doors.run(
          "update messaging.deliveries set state = 'held', held_reason = 'quarantine' where message_id = '%s'"
              .formatted(lead));
      doors.run(
          "update public.messages set quarantined_at = '%1$s', quarantine_reason = 'honeypot', priority = '%2$s' where id = '%3$s'"
              .formatted(Doors.NOW, priority, lead));
      doors.run(
          "update public.messages set quarantined_at = null, updated_at = '%s' where id = '%s'"
              .formatted(Doors.NOW, lead));
      var isUrgent = priority.equals("urgent");
      assertThat(states(lead))
          .contains(
              isUrgent ? "email pending " : "email held quiet hours",
              isUrgent ? "sms pending " : "sms held quiet hours",
              "webhook pending ");
      assertThat(
              text(
                  "select data ->> 'deferredUntil' from messaging.message_events where message_id = '%s' and type = 'message.released' order by id desc limit 1"
                      .formatted(lead)))
          .isEqualTo(isUrgent ? null : "2026-03-01T12:00:00.000Z");
    }
  }

  @Test
  void a_fallback_in_the_quiet_hours_waits_too() {
    doors.run("update public.message_channels set is_enabled = channel_type <> 'email'");
    settings("off", "[]");
    var lead = doors.accept(business);
    settings("spans", "[{\"weekday\":7,\"opens\":\"08:00\",\"closes\":\"12:00\"}]");
    doors.run("update public.message_channels set is_enabled = true");
    doors.run(
        "update messaging.deliveries set state = 'failed', ended_at = '%1$s', updated_at = '%1$s' where channel = 'sms'"
            .formatted(Doors.NOW));
    assertThat(states(lead)).contains("email held quiet hours");
  }

  @Test
  void several_instances_at_once_write_one_summary() {
    var leads = List.of(doors.accept(business), doors.accept(business), doors.accept(business));
    IntStream.range(0, 8).parallel().forEach(instance -> sumUp(doors.worker, END));
    assertThat(summaries()).hasSize(2);
    assertBalanced(leads);
  }

  /** The ledger: each delivery that was accepted is there, in one of its states. */
  private void assertBalanced(List<UUID> leads) {
    for (var lead : leads) {
      assertThat(
              number(
                  "select coalesce(sum(owed), 0) from messaging.message_events where message_id = '%s' and type in ('message.created', 'delivery.fell_back')"
                      .formatted(lead)))
          .isEqualTo(
              number(
                  "select count(*) from messaging.deliveries where message_id = '%s' and cause = 'lead'"
                      .formatted(lead)));
    }
  }

  private void settings(String mode, String spans) {
    doors
        .admin
        .sql(
            """
            insert into messaging.business_settings (business_id, quiet_hours, quiet_spans) values (?, ?, cast(? as jsonb))
            on conflict (business_id) do update set quiet_hours = excluded.quiet_hours, quiet_spans = excluded.quiet_spans
            """)
        .params(business, mode, spans)
        .update();
  }

  private static String sumUp(Instant at) {
    return sumUp(doors.upkeep, at);
  }

  private static String sumUp(javax.sql.DataSource pool, Instant at) {
    return (String)
        StatementFile.of("sum-up-deferred")
            .run(pool, Map.of("bean:now?method=moment", at.toString()))
            .get(0)
            .get("channels");
  }

  private static int passOn() {
    return (Integer)
        StatementFile.of("pass-on-summaries")
            .run(doors.upkeep, Map.of("bean:now?method=moment", END.plusSeconds(60).toString()))
            .get(0)
            .get("summaries");
  }

  private static void end(String channel, String state) {
    doors.run(
        "update messaging.deliveries set state = '%s', provider = 'test', ended_at = '%s' where cause = 'summary' and channel = '%s'"
            .formatted(state, END, channel));
  }

  private static List<Map<String, Object>> summaries() {
    return doors
        .admin
        .sql(
            "select channel, payload from messaging.deliveries where cause = 'summary' order by channel")
        .query()
        .listOfRows();
  }

  private static List<String> states(UUID lead) {
    return doors
        .admin
        .sql(
            "select channel || ' ' || state || ' ' || coalesce(held_reason, '') from messaging.deliveries where message_id = ? and cause = 'lead'")
        .param(lead)
        .query(String.class)
        .list();
  }

  private static String text(String query) {
    return admin().sql(query).query((row, number) -> row.getString(1)).list().get(0);
  }

  private static long number(String query) {
    return admin().sql(query).query(Long.class).single();
  }

  private static JdbcClient admin() {
    return doors.admin;
  }
}
