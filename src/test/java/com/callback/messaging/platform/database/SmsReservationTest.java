package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A business gets as many parts of SMS as it has a budget for, whoever sends them. */
class SmsReservationTest {

  private static final int PER_DAY = 10;
  private static final int PER_MONTH = 15;

  private static Doors doors;

  private UUID business;
  private Instant now;
  private String limits;

  /** One message that is about to be sent. */
  private record Sms(UUID id, int parts, boolean urgent, String recipient, int attemptsBefore) {

    static Sms of(int parts) {
      return new Sms(UUID.randomUUID(), parts, false, "+61491570006", 0);
    }

    Sms urgentOne() {
      return new Sms(id, parts, true, recipient, attemptsBefore);
    }

    Sms after(int attempts) {
      return new Sms(id, parts, urgent, recipient, attempts);
    }
  }

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
    doors.run("delete from messaging.sms_charges");
    business = UUID.randomUUID();
    doors.run(
        """
        insert into public.businesses (id, name) values ('%1$s', 'Test');
        insert into public.message_channels (business_id, channel_type, config) values
          ('%1$s', 'email', '{"to":"owner@example.com"}'), ('%1$s', 'sms', '{"to":"+61491570006"}');
        """
            .formatted(business));
    now = Doors.NOW;
    limits = limits(PER_DAY, PER_MONTH, 20, 0);
  }

  @Test
  void the_last_parts_of_a_day_are_for_urgent_leads() {
    assertThat(refused(Sms.of(5), Sms.of(3))).isEmpty();

    var normal = Sms.of(1);
    var urgent = Sms.of(2).urgentOne();
    assertThat(refused(normal, urgent)).containsExactly(entry(normal.id(), "day"));
    var late = Sms.of(1).urgentOne();
    assertThat(refused(late)).containsExactly(entry(late.id(), "day"));
    assertThat(usage("day"))
        .containsEntry("messages", 3)
        .containsEntry("parts", 10)
        .containsEntry("refused", 2);
  }

  @Test
  void a_message_that_does_not_fit_leaves_room_for_a_shorter_one() {
    refused(Sms.of(7));
    var tooLong = Sms.of(2);
    assertThat(refused(tooLong)).containsKey(tooLong.id());
    assertThat(refused(Sms.of(1))).isEmpty();
  }

  @Test
  void a_new_day_has_its_own_budget_within_that_of_the_month() {
    refused(Sms.of(8));
    now = now.plus(Duration.ofDays(1));
    assertThat(refused(Sms.of(4))).isEmpty();
    var beyond = Sms.of(1);
    assertThat(refused(beyond)).containsExactly(entry(beyond.id(), "month"));
    now = now.plus(Duration.ofDays(31));
    assertThat(refused(Sms.of(8))).isEmpty();
  }

  @Test
  void a_budget_of_zero_is_no_limit() {
    limits = limits(0, 0, 20, 0);
    assertThat(refused(Sms.of(500))).isEmpty();
    assertThat(usage("month")).containsEntry("parts", 500);
    assertThat(notices()).isEmpty();
  }

  @Test
  void one_number_gets_no_more_than_its_share_of_an_hour() {
    limits = limits(0, 0, 0, 2);
    var first = Sms.of(1);
    var second = Sms.of(1);
    var third = Sms.of(1);
    var elsewhere = new Sms(UUID.randomUUID(), 1, false, "+61491570156", 0);
    assertThat(refused(first, second, third, elsewhere))
        .containsExactly(entry(third.id(), "recipient"));
    assertThat(refused(Sms.of(1))).hasSize(1);
    now = now.plus(Duration.ofMinutes(61));
    assertThat(refused(Sms.of(1))).isEmpty();
  }

  @Test
  void an_attempt_after_a_failure_costs_nothing_more_and_sending_again_by_hand_does() {
    var sms = Sms.of(3);
    refused(sms);
    assertThat(refused(sms)).isEmpty();
    assertThat(usage("day")).containsEntry("parts", 3);
    refused(sms.after(2));
    assertThat(usage("day")).containsEntry("parts", 6).containsEntry("messages", 2);
  }

  @Test
  void a_message_that_was_not_sent_after_all_gives_its_parts_back() {
    var sms = Sms.of(8);
    delivery(sms, "sending");
    refused(sms);
    assertThat(refused(Sms.of(1))).as("the day is used up").hasSize(1);

    ends(sms, "failed");

    assertThat(refused(Sms.of(8))).isEmpty();
    assertThat(usage("day")).containsEntry("parts", 8).containsEntry("messages", 1);
  }

  @Test
  void a_message_that_was_sent_and_fails_later_stays_charged() {
    var sms = Sms.of(8);
    delivery(sms, "sending");
    refused(sms);
    ends(sms, "sent");
    ends(sms, "failed");
    assertThat(refused(Sms.of(1))).hasSize(1);
  }

  @Test
  void owners_get_one_mail_at_each_threshold() {
    refused(Sms.of(4));
    assertThat(notices()).isEmpty();
    refused(Sms.of(1));
    refused(Sms.of(2));
    assertThat(notices()).containsExactly("sms-budget day 2026-03-01 50");
    refused(Sms.of(1));
    refused(Sms.of(1));
    refused(Sms.of(1));
    assertThat(notices())
        .containsExactly(
            "sms-budget day 2026-03-01 100",
            "sms-budget day 2026-03-01 50",
            "sms-budget day 2026-03-01 80",
            "sms-budget month 2026-03-01 50");
  }

  @Test
  void limits_of_the_business_go_before_those_configured() {
    limited("5, 0, 0, '{NZ}'");
    limits =
        "{\"perDay\": 10, \"perMonth\": 15, \"reserve\": 20, \"perRecipient\": 0, \"countries\": [\"AU\"]}";
    var abroad = Sms.of(1);
    assertThat(refused(abroad)).containsExactly(entry(abroad.id(), "country"));
    limited("5, 0, 0, '{AU,NZ}'");
    assertThat(refused(Sms.of(5))).isEmpty();
    var beyond = Sms.of(1);
    assertThat(refused(beyond)).containsExactly(entry(beyond.id(), "day"));
    assertThat(notices()).containsExactly("sms-budget day 2026-03-01 100");

    limited("null, null, null, null");
    assertThat(refused(Sms.of(3))).as("as configured again").isEmpty();
  }

  @Test
  void countries_that_are_not_configured_get_nothing() {
    limits = limits.replace("}", ", \"countries\": [\"NZ\", \"GB\"]}");
    var abroad = Sms.of(1);
    assertThat(refused(abroad)).containsExactly(entry(abroad.id(), "country"));
    assertThat(usage("day")).containsEntry("parts", 0).containsEntry("refused", 0);
    limits = limits.replace("\"NZ\"", "\"ANY\"");
    assertThat(refused(Sms.of(1))).isEmpty();
  }

  @Test
  void instances_that_reserve_at_once_never_exceed_the_budget() {
    var waves =
        IntStream.range(0, 20)
            .mapToObj(
                each -> CompletableFuture.supplyAsync(() -> refused(Sms.of(1), Sms.of(1)).size()))
            .toList();
    var refused = waves.stream().mapToInt(CompletableFuture::join).sum();
    assertThat(refused).isEqualTo(32);
    assertThat(usage("day")).containsEntry("parts", 8).containsEntry("refused", 32);
  }

  private void limited(String values) {
    doors.run(
        "delete from messaging.sms_limits; insert into messaging.sms_limits (business_id, per_day, per_month, reserve, countries, updated_at) values ('%s', %s, now())"
            .formatted(business, values));
  }

  private Map<UUID, String> refused(Sms... messages) {
    var rows = new ArrayList<String>();
    for (var sms : messages) {
      rows.add(
          """
          {"id": "%s", "businessId": "%s", "nth": %d, "urgent": %s, "cause": "lead", "country": "AU", "recipient": "%s",
           "parts": %d, "cost": 0.08, "attemptsBefore": %d}"""
              .formatted(
                  sms.id(),
                  business,
                  rows.size(),
                  sms.urgent(),
                  sms.recipient(),
                  sms.parts(),
                  sms.attemptsBefore()));
    }
    var refused = new HashMap<UUID, String>();
    StatementFile.of("reserve-sms")
        .run(
            doors.worker,
            Map.of(
                "sms", rows.toString(),
                "limits", limits,
                "bean:now?method=moment", now.toString()))
        .forEach(row -> refused.put((UUID) row.get("delivery_id"), (String) row.get("because")));
    return refused;
  }

  private static String limits(int perDay, int perMonth, int reserve, int perRecipient) {
    return "{\"perDay\": %d, \"perMonth\": %d, \"reserve\": %d, \"perRecipient\": %d}"
        .formatted(perDay, perMonth, reserve, perRecipient);
  }

  private Map<String, Object> usage(String unit) {
    return doors
        .admin
        .sql(
            "select messages, parts, refused from messaging.sms_usage where business_id = ? and unit = ? order by begins_on desc limit 1")
        .params(business, unit)
        .query()
        .singleRow();
  }

  private List<String> notices() {
    return doors
        .admin
        .sql(
            "select period from messaging.deliveries where business_id = ? and cause = 'account' order by period")
        .param(business)
        .query(String.class)
        .list();
  }

  private void delivery(Sms sms, String state) {
    doors
        .admin
        .sql(
            """
            insert into messaging.deliveries (id, business_id, cause, channel, state, attempts, leased_by, lease_until, next_attempt_at, created_at, updated_at)
            values (?::uuid, ?::uuid, 'test', 'sms', ?, 1, 'me', ?::timestamptz, ?::timestamptz, ?::timestamptz, ?::timestamptz)
            """)
        .params(
            sms.id().toString(),
            business.toString(),
            state,
            now.toString(),
            now.toString(),
            now.toString(),
            now.toString())
        .update();
  }

  private void ends(Sms sms, String state) {
    doors
        .admin
        .sql(
            "update messaging.deliveries set state = ?, ended_at = now(), leased_by = null, lease_until = null where id = ?::uuid")
        .params(state, sms.id().toString())
        .update();
  }
}
