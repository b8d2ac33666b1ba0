package com.callback.messaging.inbox.silence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.platform.startup.StartFailure;
import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A funnel that usually gets leads and has gone quiet is reported once. */
@ServiceTest
class SilenceAlarmTest {

  @Autowired Service service;
  @Autowired MovableClock clock;
  @Autowired ProducerTemplate routes;

  private Business business;
  private OffsetDateTime last;

  @BeforeEach
  void a_funnel_whose_last_lead_came_at_a_full_hour() {
    business = service.business();
    last = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).truncatedTo(ChronoUnit.HOURS);
    var lead = service.lead(business, Map.of("contactName", "Ada", "contactEmail", "a@b.example"));
    service
        .database()
        .sql("update public.messages set created_at = ? where id = ?")
        .params(last, lead)
        .update();
  }

  @Test
  void a_silence_is_mailed_once_with_its_numbers_and_ends_with_the_next_lead() {
    usually(1, 28);
    check(Duration.ofHours(5));
    assertThat(silence().isNull()).isTrue();

    check(Duration.ofHours(6).plusMinutes(1));
    check(Duration.ofHours(9));
    assertThat(silence().path("expected").asInt()).isEqualTo(8);
    var mail =
        await()
            .until(
                () ->
                    service.caught(business.email()).stream()
                        .filter(each -> each.path("subject").asText().startsWith("No leads from"))
                        .findFirst()
                        .orElse(null),
                each -> each != null);
    assertThat(mail.path("subject").asText()).isEqualTo("No leads from Test form for 6 hours");
    assertThat(mail.path("body").asText()).contains("about 5 usually come", "below 1 %");
    assertThat(notices()).hasSize(1);

    service.lead(business, Map.of("contactName", "Bob", "contactEmail", "b@b.example"));
    assertThat(silence().isNull()).isTrue();
    check(Duration.ZERO);
    assertThat(notices()).hasSize(1);
  }

  @Test
  void hours_in_which_no_leads_usually_come_are_no_silence() {
    usuallyAt(last.getHour(), 4, 28);
    check(Duration.ofHours(20));
    assertThat(notices()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"4, 0", "5, 1"})
  void a_funnel_with_fewer_than_20_leads_in_four_weeks_is_not_watched(int fewest, int mails) {
    var next = last.plusHours(1);
    for (int week = 1; week <= 4; week++) {
      add(
          "generate_series(%1$d, %1$d)".formatted(next.getHour()),
          week == 4 ? fewest : 5,
          next.toLocalDate().minusWeeks(week),
          0);
    }
    check(Duration.ofHours(2).plusMinutes(1));
    assertThat(notices()).hasSize(mails);
  }

  @Test
  void a_funnel_with_a_short_past_or_a_closed_form_is_not_watched() {
    usually(4, 12);
    check(Duration.ofHours(12));
    usually(4, 28);
    service
        .database()
        .sql("update messaging.funnel_settings set is_active = false where funnel_id = ?")
        .param(business.funnel())
        .update();
    check(Duration.ofHours(12));
    assertThat(notices()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "0.21", "1"})
  void a_chance_that_makes_no_sense_stops_the_start(String chance) {
    assertThatThrownBy(() -> new SilenceAlarm(new BigDecimal(chance)))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("SILENCE_CHANCE");
  }

  private void usually(int leads, int days) {
    forget();
    add("generate_series(0, 23)", leads, last.toLocalDate(), days);
  }

  private void usuallyAt(int hour, int leads, int days) {
    forget();
    add("generate_series(%1$d, %1$d)".formatted(hour), leads, last.toLocalDate(), days);
  }

  private void forget() {
    service
        .database()
        .sql("delete from messaging.lead_figures where business_id = ?")
        .param(business.id())
        .update();
  }

  private void add(String hours, int leads, LocalDate day, int days) {
    service
        .database()
        .sql(
            "insert into messaging.lead_figures (business_id, day, hour, funnel_id, received, held, acknowledged, responded, owing, prompt)"
                + " select ?, cast(? as date) - day, hour, ?, ?, 0, 0, 0, 0, 0 from generate_series(0, ?) day, "
                + hours
                + " hour")
        .params(business.id(), day, business.funnel(), leads, days)
        .update();
  }

  /** Looks when so much time has passed since the last lead. */
  private void check(Duration after) {
    clock.advanceTo(last.plus(after).toInstant());
    assertThat(routes.request("direct:check-silence", each -> {}).getException()).isNull();
  }

  private JsonNode silence() {
    return new ApiCaller(service, service.key(business, "funnels:read"))
        .ask(200, "GET", "/api/funnels/" + business.funnel(), null)
        .path("silence");
  }

  private List<String> notices() {
    return service
        .database()
        .sql(
            "select period from messaging.deliveries where business_id = ? and period like 'silence %'")
        .param(business.id())
        .query(String.class)
        .list();
  }
}
