package com.callback.messaging.people.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Hours, quiet hours and the time of a call, from the settings to what people get. */
@ServiceTest
class QuietHoursTest {

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
  private static final String SETTINGS = "/api/settings";

  @Autowired Service service;
  @Autowired MovableClock clock;
  @Autowired ProducerTemplate routes;

  Business business;
  ApiCaller owner;

  @BeforeEach
  void an_owner() {
    business = service.business();
    owner = new ApiCaller(service, service.session(business, "owner"));
  }

  @Test
  void leads_of_the_quiet_hours_arrive_as_one_summary_when_they_end() {
    var ends = clock.instant().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.MINUTES);
    quietUntil(ends);
    var first = lead("Ada Lovelace", "medium");
    var second = lead("Grace Hopper", "medium");
    var urgent = lead("Joan Clarke", "urgent");
    await()
        .until(() -> fates(urgent).equals(List.of("email sent", "sms sent", "webhook delivered")));

    var shown = owner.ask(200, "GET", "/api/messages/" + first, null);
    assertThat(shown.at("/deliveries"))
        .filteredOn(each -> each.path("heldReason").asText().equals("quiet hours"))
        .hasSize(2)
        .allSatisfy(each -> assertThat(moment(each.path("nextAttemptAt"))).isEqualTo(ends));
    assertThat(service.caught(business))
        .filteredOn(each -> !each.path("channel").asText().equals("webhook"))
        .noneMatch(each -> each.toString().contains("Ada"));

    clock.advanceTo(ends.plusSeconds(1));
    routes.sendBody("direct:end-quiet-hours", null);
    await()
        .until(
            () -> {
              routes.sendBody("direct:end-quiet-hours", null);
              return fates(first).equals(List.of("email sent", "sms sent", "webhook delivered"))
                  && fates(second).equals(fates(first));
            });
    var texts = service.caught(business).stream().map(JsonNode::toString).toList();
    assertThat(texts)
        .filteredOn(each -> each.contains("2 people asked while you were closed"))
        .hasSize(2)
        .allSatisfy(each -> assertThat(each).contains("Ada Lovelace").contains("Grace Hopper"));
  }

  @Test
  void quiet_hours_that_are_switched_off_hold_nothing_any_longer() {
    quietUntil(clock.instant().plus(Duration.ofHours(2)));
    var lead = lead("Ada Lovelace", "medium");
    assertThat(fates(lead)).contains("email held", "sms held");
    owner.ask(
        200,
        "PATCH",
        SETTINGS,
        "{\"quietHours\":{\"mode\":\"off\",\"spans\":[],\"urgentBreaksThrough\":true}}");
    routes.sendBody("direct:end-quiet-hours", null);
    await().until(() -> fates(lead).equals(List.of("email sent", "sms sent", "webhook delivered")));
  }

  @Test
  void settings_have_holidays_and_quiet_hours_as_they_were_given() {
    var changed =
        owner.ask(
            200,
            "PATCH",
            SETTINGS,
            """
            {"businessHours":[{"weekday":5,"opens":"22:00","closes":"02:00"}],
             "holidays":[{"date":"2026-12-25","name":"Christmas Day","spans":[]},
               {"date":"2026-12-24","name":"Christmas Eve","spans":[{"opens":"09:00","closes":"12:00"}]}],
             "quietHours":{"mode":"spans","spans":[{"weekday":7,"begins":"22:00","ends":"07:00"}],"urgentBreaksThrough":false},
             "asksForTime":true}
            """);
    assertThat(changed).isEqualTo(owner.ask(200, "GET", SETTINGS, null));
    assertThat(changed.at("/holidays/0/name").asText()).isEqualTo("Christmas Eve");
    assertThat(changed.at("/quietHours").toString())
        .isEqualTo(
            "{\"mode\":\"spans\",\"spans\":[{\"ends\":\"07:00\",\"begins\":\"22:00\",\"weekday\":7}],\"urgentBreaksThrough\":false}");
    assertThat(changed.at("/businessHours")).hasSize(1);
    assertThat(changed.at("/timeZoneKnown").asBoolean()).isTrue();

    owner.ask(200, "PATCH", SETTINGS, "{\"holidays\":[]}");
    var after = owner.ask(200, "GET", SETTINGS, null);
    assertThat(after.at("/holidays")).isEmpty();
    assertThat(after.at("/quietHours/mode").asText()).isEqualTo("spans");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "holidays.1 | {\"holidays\":[{\"date\":\"2026-12-25\",\"name\":\"A\",\"spans\":[]},{\"date\":\"2026-12-25\",\"name\":\"B\",\"spans\":[]}]}",
        "holidays.0 | {\"holidays\":[{\"date\":\"2026-12-25\",\"name\":\"A\",\"spans\":[{\"opens\":\"09:00\",\"closes\":\"09:00\"}]}]}",
        "holidays.0 | {\"holidays\":[{\"date\":\"2026-12-25\",\"name\":\"A\",\"spans\":[{\"opens\":\"09:00\",\"closes\":\"12:00\"},{\"opens\":\"11:00\",\"closes\":\"13:00\"}]}]}",
        "holidays.0.date | {\"holidays\":[{\"date\":\"2026-02-30\",\"name\":\"A\",\"spans\":[]}]}",
        "businessHours.1 | {\"businessHours\":[{\"weekday\":7,\"opens\":\"22:00\",\"closes\":\"02:00\"},{\"weekday\":1,\"opens\":\"01:00\",\"closes\":\"12:00\"}]}",
        "businessHours.0 | {\"businessHours\":[{\"weekday\":1,\"opens\":\"09:00\",\"closes\":\"09:00\"}]}",
        "quietHours.spans | {\"quietHours\":{\"mode\":\"spans\",\"spans\":[],\"urgentBreaksThrough\":true}}",
        "quietHours.spans.0 | {\"quietHours\":{\"mode\":\"spans\",\"spans\":[{\"weekday\":1,\"begins\":\"07:00\",\"ends\":\"07:00\"}],\"urgentBreaksThrough\":true}}",
        "quietHours.mode | {\"quietHours\":{\"mode\":\"always\",\"spans\":[],\"urgentBreaksThrough\":true}}",
      })
  void hours_that_cannot_be_are_refused_by_name(String field, String body) {
    assertThat(owner.ask(400, "PATCH", SETTINGS, body).at("/errors/0/field").asText())
        .isEqualTo(field);
  }

  @Test
  void quiet_hours_of_a_whole_week_are_refused() {
    var always =
        IntStream.rangeClosed(1, 7)
            .mapToObj("{\"weekday\":%d,\"begins\":\"00:00\",\"ends\":\"24:00\"}"::formatted)
            .toList();
    var refused =
        owner.ask(
            400,
            "PATCH",
            SETTINGS,
            "{\"quietHours\":{\"mode\":\"spans\",\"spans\":%s,\"urgentBreaksThrough\":true}}"
                .formatted(always));
    assertThat(refused.at("/errors/0/detail").asText()).contains("leave some time");
  }

  @Test
  void a_lead_is_to_be_called_within_the_time_that_its_visitor_asked_for() {
    var day = openTomorrowFromNineToFive();
    var id = service.lead(business, asking(day + " 08:00-10:30"));
    var lead = owner.ask(200, "GET", "/api/messages/" + id, null);
    assertThat(lead.path("preferredFrom").asText()).isEqualTo(day + "T09:00:00.000Z");
    assertThat(lead.path("preferredUntil").asText()).isEqualTo(day + "T10:30:00.000Z");
    assertThat(lead.path("dueAt").asText()).isEqualTo(day + "T10:30:00.000Z");
    makeUrgent(id);
    assertThat(owner.ask(200, "GET", "/api/messages/" + id, null).path("dueAt").asText())
        .isEqualTo(day + "T10:30:00.000Z");
    await().until(() -> fates(id).contains("sms sent"));
    assertThat(service.caught(business))
        .anySatisfy(each -> assertThat(each.toString()).contains(" by ", "10:30"));
  }

  @Test
  void an_answer_is_due_in_the_time_that_the_business_is_open() {
    var day = openTomorrowFromNineToFive();
    var id = lead("Ada Lovelace", "medium");
    assertThat(owner.ask(200, "GET", "/api/messages/" + id, null).path("dueAt").asText())
        .isEqualTo(day + "T10:00:00.000Z");
    makeUrgent(id);
    assertThat(owner.ask(200, "GET", "/api/messages/" + id, null).path("dueAt").asText())
        .isEqualTo(day + "T09:15:00.000Z");
  }

  @ParameterizedTest
  @CsvSource({
    "evening, the business is closed then",
    "09:00-09:00, an empty span",
    "17:00-09:00, a span that ends before it begins",
  })
  void a_time_at_which_nobody_can_call_is_refused_with_those_that_are_possible(
      String time, String why) {
    var day = openTomorrowFromNineToFive();
    var refused = service.post(posted(asking(day + " " + time)));
    if (time.equals("evening")) {
      assertThat(refused.statusCode()).as(why).isEqualTo(422);
      assertThat(refused.body())
          .contains("preferredTime", "asap", day + " morning, " + day + " afternoon");
    } else {
      assertThat(refused.statusCode()).as(why).isEqualTo(400);
    }
    assertThat(service.countLeads(business)).isZero();
  }

  @Test
  void a_time_that_has_passed_is_refused() {
    openTomorrowFromNineToFive();
    var refused = service.post(posted(asking("2020-01-01 morning")));
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(service.json(refused.body()).at("/errors/0/field").asText())
        .isEqualTo("preferredTime");
  }

  @Test
  void a_form_with_a_time_at_which_nobody_can_call_is_shown_again() {
    var day = openTomorrowFromNineToFive();
    owner.ask(200, "PATCH", SETTINGS, "{\"asksForTime\":true}");
    var form = service.get("/f/" + business.slug()).body();
    assertThat(form)
        .contains("When shall we call?", "As soon as possible", "value=\"" + day + " morning\"")
        .doesNotContain(day + " evening");

    var again = form("contactName=Ada&contactPhone=0491570156&preferredTime=" + day + "+evening");
    assertThat(again.statusCode()).isEqualTo(422);
    assertThat(again.body())
        .contains("value=\"Ada\"", "preferredTime-error", "one of the next times");
    assertThat(
            form("contactName=Ada&contactPhone=0491570156&preferredTime=" + day + "+morning")
                .statusCode())
        .isIn(200, 303);
    assertThat(service.countLeads(business)).isEqualTo(1);
  }

  @Test
  void a_field_of_the_same_name_with_other_words_in_it_costs_no_lead() {
    assertThat(
            form("contactName=Ada&contactPhone=0491570156&preferredTime=after+five").statusCode())
        .isIn(200, 303);
    assertThat(
            service
                .database()
                .sql("select metadata::text from public.messages where business_id = ?")
                .param(business.id())
                .query(String.class)
                .single())
        .contains("after five");
  }

  private java.net.http.HttpResponse<String> form(String body) {
    return service.send(
        service
            .request("/f/" + business.slug(), "application/x-www-form-urlencoded")
            .header("Accept", "text/html")
            .POST(BodyPublishers.ofString(body + "&funnelId=" + business.funnel())));
  }

  private void makeUrgent(UUID lead) {
    var key = service.key(business, "messages:write");
    var changed =
        service.send(
            service
                .request("/api/messages/" + lead, "application/json")
                .header("Authorization", "Bearer " + key)
                .header("If-Match", "*")
                .method("PATCH", BodyPublishers.ofString("{\"priority\":\"urgent\"}")));
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
  }

  /** Hours of the day after today, by UTC; the day as it is written. */
  private String openTomorrowFromNineToFive() {
    var day = clock.instant().atZone(ZoneOffset.UTC).toLocalDate().plusDays(1);
    owner.ask(
        200,
        "PATCH",
        SETTINGS,
        "{\"businessHours\":[{\"weekday\":%d,\"opens\":\"09:00\",\"closes\":\"17:00\"}]}"
            .formatted(day.getDayOfWeek().getValue()));
    return day.toString();
  }

  private void quietUntil(Instant ends) {
    var from = clock.instant().minus(Duration.ofHours(1)).atZone(ZoneOffset.UTC);
    var until = LocalTime.ofInstant(ends, ZoneOffset.UTC);
    owner.ask(
        200,
        "PATCH",
        SETTINGS,
        "{\"quietHours\":{\"mode\":\"spans\",\"spans\":[{\"weekday\":%d,\"begins\":\"%s\",\"ends\":\"%s\"}],\"urgentBreaksThrough\":true}}"
            .formatted(from.getDayOfWeek().getValue(), CLOCK.format(from), CLOCK.format(until)));
  }

  private UUID lead(String name, String priority) {
    return service.lead(
        business,
        Map.of(
            "contactName",
            name,
            "contactEmail",
            UUID.randomUUID() + "@example.com",
            "priority",
            priority));
  }

  private static Map<String, Object> asking(String time) {
    return Map.of(
        "contactName", "Ada Lovelace", "contactPhone", "+61491570156", "preferredTime", time);
  }

  private Map<String, Object> posted(Map<String, Object> fields) {
    var body = new java.util.HashMap<>(fields);
    body.put("funnelId", business.funnel());
    return body;
  }

  private List<String> fates(UUID lead) {
    return new ArrayList<>(
        service
            .database()
            .sql(
                "select channel || ' ' || state from messaging.deliveries where message_id = ? and cause = 'lead' order by channel")
            .param(lead)
            .query(String.class)
            .list());
  }

  private static Instant moment(JsonNode text) {
    return Instant.parse(text.asText());
  }
}
