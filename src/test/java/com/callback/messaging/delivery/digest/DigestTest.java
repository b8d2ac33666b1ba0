package com.callback.messaging.delivery.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Digests: due by the business's own clock, once per period, with nothing left out. */
@ServiceTest
class DigestTest {

  private static final ZoneId SYDNEY = ZoneId.of("Australia/Sydney");

  @Autowired Service service;
  @Autowired MovableClock clock;
  @Autowired ProducerTemplate routes;

  Business business;

  @BeforeEach
  void aBusinessInSydney() {
    business = service.business();
    service
        .database()
        .sql(
            "insert into messaging.business_settings (business_id, name, time_zone, created_at) values (?, 'Harbour', ?, ?)")
        .params(
            business.id(),
            SYDNEY.getId(),
            Timestamp.from(clock.instant().minus(Duration.ofDays(30))))
        .update();
  }

  @Test
  void a_daily_digest_is_sent_once_its_local_time_has_come() {
    ask("daily");
    forgetRuns();
    lead("Ada Lovelace");
    lead("Grace Hopper");
    clock.advanceTo(nextMorning().minusMinutes(10).toInstant());
    ask("daily");
    assertThat(payloads("daily")).as("not before eight").isEmpty();

    askTheNextMorning();

    assertThat(payloads("daily"))
        .singleElement()
        .asString()
        .contains("\"received\": 2")
        .contains("\"waiting\": 2");
    await().until(() -> !digestMails().isEmpty());
    assertThat(digestMails())
        .singleElement()
        .satisfies(
            mail ->
                assertThat(mail)
                    .contains("Ada Lovelace")
                    .contains("Grace Hopper")
                    .contains("Harbour")
                    .contains("Call:  0491 570 006")
                    .containsPattern(
                        "Take it: \\S+/a/[\\w-]+\\R  Open in inbox: \\S+/inbox/[0-9a-f-]{36}\\R"));
  }

  @Test
  void a_digest_says_what_became_of_what_was_owed() {
    ask("daily");
    forgetRuns();
    lead("Ada Lovelace");
    await().until(() -> fates("sent", "delivered") == 3);
    service
        .database()
        .sql(
            "update messaging.deliveries set state = 'failed' where business_id = ? and channel = 'email'")
        .param(business.id())
        .update();
    askTheNextMorning();

    assertThat(payloads("daily"))
        .singleElement()
        .asString()
        .contains("\"owed\": 3", "\"reached\": 2", "\"onItsWay\": 0", "\"undelivered\": 1");
    await().until(() -> !digestMails().isEmpty());
    assertThat(digestMails().get(0))
        .contains("Notifications: 3, delivered 2, pending 0, undelivered 1");
  }

  private long fates(String... states) {
    return service
        .database()
        .sql(
            "select count(*) from messaging.deliveries where business_id = ? and state = any (string_to_array(?, ','))")
        .params(business.id(), String.join(",", states))
        .query(Long.class)
        .single();
  }

  @Test
  void however_many_instances_ask_one_digest_is_sent() {
    ask("daily");
    forgetRuns();
    lead("Ada Lovelace");
    clock.advanceTo(nextMorning().plusMinutes(1).toInstant());

    IntStream.range(0, 8).parallel().forEach(instance -> ask("daily"));

    assertThat(payloads("daily")).hasSize(1);
    assertThat(runs(business)).isEqualTo(1);
  }

  @Test
  void a_service_that_was_down_for_days_leaves_no_gap() {
    ask("daily");
    forgetRuns();
    lead("First");
    askTheNextMorning();
    lead("While it was about to stop");
    clock.advance(Duration.ofDays(3));
    ask("daily");

    assertThat(payloads("daily")).hasSize(2);
    assertThat(payloads("daily").get(1))
        .contains("\"received\": 1")
        .contains("\"waiting\": 2")
        .contains("While it was about to stop");
  }

  @Test
  void a_quiet_period_sends_nothing_and_what_was_answered_no_longer_waits() {
    ask("daily");
    forgetRuns();
    askTheNextMorning();
    assertThat(payloads("daily")).isEmpty();

    lead("Ada Lovelace");
    service
        .database()
        .sql("update public.messages set status = 'responded' where business_id = ?")
        .param(business.id())
        .update();
    askTheNextMorning();
    assertThat(payloads("daily"))
        .singleElement()
        .asString()
        .contains("\"received\": 1")
        .contains("\"waiting\": 0");

    askTheNextMorning();
    assertThat(payloads("daily")).hasSize(1);
  }

  @Test
  void a_weekly_digest_comes_on_monday_morning() {
    ask("weekly");
    forgetRuns();
    lead("Ada Lovelace");
    var monday =
        ZonedDateTime.ofInstant(clock.instant(), SYDNEY)
            .with(TemporalAdjusters.next(DayOfWeek.MONDAY))
            .with(LocalTime.of(8, 0));
    clock.advanceTo(monday.minusMinutes(5).toInstant());
    ask("weekly");
    assertThat(payloads("weekly")).isEmpty();

    clock.advanceTo(monday.plusMinutes(1).toInstant());
    ask("weekly");
    ask("weekly");

    assertThat(payloads("weekly")).hasSize(1);
    assertThat(
            service
                .database()
                .sql("select period from messaging.digest_runs where business_id = ?")
                .param(business.id())
                .query(String.class)
                .single())
        .isEqualTo(
            monday.format(
                java.time.format.DateTimeFormatter.ofPattern(
                    "YYYY-'W'ww", java.util.Locale.GERMANY)));
  }

  @Test
  void what_is_held_is_named_even_where_nothing_else_came() {
    ask("daily");
    forgetRuns();
    lead("Ada Lovelace");
    service
        .database()
        .sql(
            "update public.messages set quarantined_at = created_at, quarantine_reason = 'honeypot' where business_id = ?")
        .param(business.id())
        .update();
    askTheNextMorning();

    assertThat(payloads("daily"))
        .singleElement()
        .asString()
        .contains("\"received\": 0", "\"waiting\": 0", "\"quarantined\": 1", "\"leads\": []");
    await().until(() -> !digestMails().isEmpty());
    assertThat(digestMails().get(0))
        .contains("Quarantined as possible spam: 1, since ")
        .doesNotContain("Ada Lovelace");
  }

  @Test
  void who_wants_none_gets_none() {
    service
        .database()
        .sql(
            "insert into public.notification_preferences (business_id, email_daily_summary) values (?, false)")
        .param(business.id())
        .update();
    lead("Ada Lovelace");
    askTheNextMorning();

    assertThat(runs(business)).isZero();
  }

  @Test
  void a_business_that_is_new_today_waits_for_its_first_whole_period() {
    service
        .database()
        .sql("update messaging.business_settings set created_at = ? where business_id = ?")
        .params(Timestamp.from(clock.instant()), business.id())
        .update();
    lead("Ada Lovelace");

    ask("daily");
    ask("weekly");

    assertThat(runs(business)).isZero();
  }

  @Test
  void a_time_zone_that_the_database_does_not_know_stops_one_digest_and_is_named() {
    var other = aNeighbour();
    service
        .database()
        .sql(
            "alter table messaging.business_settings drop constraint business_settings_time_zone_check")
        .update();
    try {
      zone(business, "Nowhere/Town");
      askTheNextMorning();

      assertThat(runs(other)).isEqualTo(1);
      assertThat(runs(business)).isZero();
      assertThat(books())
          .contains(business.id().toString(), "time zone")
          .doesNotContain(other.id().toString());
      assertThat(service.get("/actuator/health/books").statusCode()).isEqualTo(200);
    } finally {
      zone(business, SYDNEY.getId());
      service
          .database()
          .sql(
              "alter table messaging.business_settings add constraint business_settings_time_zone_check check (timezone(time_zone, timestamptz '2000-01-01 00:00:00+00') is not null)")
          .update();
    }
    ask("daily");
    assertThat(runs(business)).isEqualTo(1);
    assertThat(books()).doesNotContain(business.id().toString());
  }

  @Test
  void a_row_that_cannot_be_written_stops_one_digest_only() {
    var other = aNeighbour();
    service
        .database()
        .sql(
            "alter table messaging.digest_runs add constraint refused check (business_id <> '%s') not valid"
                .formatted(business.id()))
        .update();
    try {
      askTheNextMorning();
      assertThat(runs(other)).isEqualTo(1);
      assertThat(books()).contains(business.id().toString(), "23514");
    } finally {
      service.database().sql("alter table messaging.digest_runs drop constraint refused").update();
    }
  }

  @Test
  void a_digest_after_a_long_pause_says_that_it_is_no_day() {
    ask("daily");
    forgetRuns();
    lead("Ada Lovelace");
    askTheNextMorning();
    await().until(() -> digestMails().size() == 1);
    assertThat(digestMails().get(0)).contains("your day");

    lead("Grace Hopper");
    clock.advance(Duration.ofDays(90));
    ask("daily");
    await().until(() -> digestMails().size() == 2);
    assertThat(digestMails().stream().filter(mail -> mail.contains("Grace Hopper")))
        .singleElement()
        .asString()
        .contains("since the last digest, ")
        .doesNotContain("your day");
  }

  private Business aNeighbour() {
    var other = service.business();
    service
        .database()
        .sql(
            "insert into messaging.business_settings (business_id, name, time_zone, created_at) values (?, 'Beside', ?, ?)")
        .params(
            other.id(), SYDNEY.getId(), Timestamp.from(clock.instant().minus(Duration.ofDays(30))))
        .update();
    ask("daily");
    forgetRuns();
    for (var each : List.of(other, business)) {
      service
          .database()
          .sql("delete from messaging.digest_runs where business_id = ?")
          .param(each.id())
          .update();
      service
          .database()
          .sql("update messaging.business_settings set created_at = ? where business_id = ?")
          .params(Timestamp.from(clock.instant()), each.id())
          .update();
    }
    return other;
  }

  private void zone(Business business, String zone) {
    service
        .database()
        .sql("update messaging.business_settings set time_zone = ? where business_id = ?")
        .params(zone, business.id())
        .update();
  }

  private int runs(Business business) {
    return service
        .database()
        .sql("select count(*) from messaging.digest_runs where business_id = ?")
        .param(business.id())
        .query(Integer.class)
        .single();
  }

  private String books() {
    return service.get("/actuator/health/books").body();
  }

  private void ask(String kind) {
    routes.sendBodyAndHeaders("direct:open-digests", "", Map.of("kind", kind, "at", "08:00"));
  }

  private void askTheNextMorning() {
    clock.advanceTo(nextMorning().plusMinutes(1).toInstant());
    ask("daily");
  }

  /** The period that is over already when a test begins is no part of it. */
  private void forgetRuns() {
    service
        .database()
        .sql("delete from messaging.deliveries where business_id = ? and cause = 'digest'")
        .param(business.id())
        .update();
    service
        .database()
        .sql("delete from messaging.digest_runs where business_id = ?")
        .param(business.id())
        .update();
    service
        .database()
        .sql("update messaging.business_settings set created_at = ? where business_id = ?")
        .params(Timestamp.from(clock.instant()), business.id())
        .update();
  }

  private void lead(String name) {
    service.lead(business, Map.of("contactName", name, "contactPhone", "0491 570 006"));
  }

  private ZonedDateTime nextMorning() {
    var now = ZonedDateTime.ofInstant(clock.instant(), SYDNEY);
    var today = now.with(LocalTime.of(8, 0));
    return today.isAfter(now) ? today : today.plusDays(1);
  }

  private List<String> payloads(String kind) {
    return service
        .database()
        .sql(
            "select payload::text from messaging.deliveries where business_id = ? and cause = 'digest' and payload ->> 'kind' = ? order by created_at")
        .params(business.id(), kind)
        .query(String.class)
        .list();
  }

  private List<String> digestMails() {
    return service.caught(business).stream()
        .filter(message -> message.path("channel").asText().equals("email"))
        .filter(message -> !message.path("subject").asText().contains("Call back "))
        .map(message -> message.path("subject").asText() + "\n" + message.path("body").asText())
        .toList();
  }
}
