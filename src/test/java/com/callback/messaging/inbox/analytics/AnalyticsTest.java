package com.callback.messaging.inbox.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Figures are right in the time of the business, whatever was counted before and whatever has
 * changed since.
 */
@ServiceTest
class AnalyticsTest {

  private static final String PATH = "/api/analytics";

  @Autowired Service service;
  @Autowired ProducerTemplate camel;

  Business business;
  ApiCaller owner;

  @BeforeEach
  void an_owner() {
    business = service.businessWithoutChannels();
    owner = new ApiCaller(service, service.session(business, "owner"));
  }

  @Test
  void thirty_days_without_a_lead_are_thirty_days() {
    var figures = ask("");
    assertThat(figures.get("days")).hasSize(30);
    assertThat(figures.at("/total/received").asInt()).isZero();
    assertThat(figures.at("/total/acknowledgementRate").isNull()).isTrue();
    assertThat(figures.get("funnels")).isEmpty();
    assertThat(figures.get("priorities")).hasSize(4);
    assertThat(figures.at("/promise/0/kept").isNull()).isTrue();
  }

  @Test
  void the_day_on_which_the_clock_goes_back_in_berlin_has_25_hours() {
    zone("Europe/Berlin");
    lead("2024-10-26T21:59:59Z");
    lead("2024-10-26T22:00:00Z");
    lead("2024-10-27T00:30:00Z");
    lead("2024-10-27T01:30:00Z");
    lead("2024-10-27T22:59:59Z");
    lead("2024-10-27T23:00:00Z");

    var figures = kept("?from=2024-10-26&to=2024-10-28");

    assertThat(received(figures)).containsExactly(1, 4, 1);
    assertThat(figures.at("/heatMap/6/0").asInt()).isEqualTo(1);
    assertThat(figures.at("/heatMap/6/2").asInt()).as("02:30, twice").isEqualTo(2);
    assertThat(figures.at("/heatMap/6/23").asInt()).isEqualTo(1);
  }

  @Test
  void the_day_on_which_the_clock_goes_forward_in_berlin_has_23_hours() {
    zone("Europe/Berlin");
    lead("2024-03-30T22:59:59Z");
    lead("2024-03-30T23:00:00Z");
    lead("2024-03-31T00:59:59Z");
    lead("2024-03-31T01:00:00Z");
    lead("2024-03-31T21:59:59Z");
    lead("2024-03-31T22:00:00Z");

    var figures = kept("?from=2024-03-30&to=2024-04-01");

    assertThat(received(figures)).containsExactly(1, 4, 1);
    assertThat(figures.at("/heatMap/6/1").asInt()).isEqualTo(1);
    assertThat(figures.at("/heatMap/6/2").asInt()).as("an hour that was not").isZero();
    assertThat(figures.at("/heatMap/6/3").asInt()).isEqualTo(1);
  }

  @Test
  void both_days_on_which_the_clock_changes_in_sydney() {
    zone("Australia/Sydney");
    lead("2024-04-06T12:59:59Z");
    lead("2024-04-06T13:00:00Z");
    lead("2024-04-06T15:30:00Z");
    lead("2024-04-06T16:30:00Z");
    lead("2024-04-07T13:59:59Z");
    lead("2024-04-07T14:00:00Z");
    var back = kept("?from=2024-04-06&to=2024-04-08");
    assertThat(received(back)).containsExactly(1, 4, 1);
    assertThat(back.at("/heatMap/6/2").asInt()).as("02:30, twice").isEqualTo(2);

    lead("2024-10-05T13:59:59Z");
    lead("2024-10-05T14:00:00Z");
    lead("2024-10-05T16:00:00Z");
    lead("2024-10-06T12:59:59Z");
    lead("2024-10-06T13:00:00Z");
    var forward = kept("?from=2024-10-05&to=2024-10-07");
    assertThat(received(forward)).containsExactly(1, 3, 1);
    assertThat(forward.at("/heatMap/6/3").asInt()).as("02:00 is 03:00").isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-03-01T05:50:00Z 2024-03-03T22:10:00Z",
        // The clock goes forward, and back, on the Sunday between.
        "2024-10-04T06:50:00Z 2024-10-06T22:10:00Z",
        "2024-04-05T05:50:00Z 2024-04-07T23:10:00Z"
      })
  void from_friday_ten_to_five_to_monday_ten_past_nine_are_twenty_minutes(String moments) {
    zone("Australia/Sydney");
    var came = moments.split(" ")[0];
    var answered = moments.split(" ")[1];
    lead(came, "acknowledged_at", answered, "responded_at", answered);

    var total = kept("?from=2024-03-01&to=2024-10-10").get("total");

    assertThat(total.at("/secondsToAcknowledge/medianOpen").asInt()).isEqualTo(1200);
    assertThat(total.at("/secondsToRespond/p90Open").asInt()).isEqualTo(1200);
    assertThat(total.at("/secondsToAcknowledge/median").asInt())
        .isEqualTo(
            (int)
                java.time.Duration.between(
                        java.time.Instant.parse(came), java.time.Instant.parse(answered))
                    .toSeconds());
  }

  @Test
  void percentiles_are_durations_that_there_were() {
    for (var i = 1; i <= 10; i++) {
      lead("2024-05-06T10:00:00Z", "acknowledged_at", "2024-05-06T10:%02d:00Z".formatted(i));
    }
    lead("2024-05-06T10:00:00Z");

    var total = kept("?from=2024-05-06&to=2024-05-06").get("total");

    assertThat(total.at("/secondsToAcknowledge/median").asInt()).isEqualTo(300);
    assertThat(total.at("/secondsToAcknowledge/p90").asInt()).isEqualTo(540);
    assertThat(total.get("acknowledgementRate").asDouble()).isEqualTo(0.9091);
  }

  @Test
  void what_is_held_is_not_received() {
    lead("2024-05-06T10:00:00Z");
    lead("2024-05-06T10:00:00Z", "quarantined_at", "2024-05-06T10:00:00Z");
    var total = kept("?from=2024-05-06&to=2024-05-06").get("total");
    assertThat(total.get("received").asInt()).isEqualTo(1);
    assertThat(total.get("held").asInt()).isEqualTo(1);
  }

  @Test
  void a_late_acknowledgement_another_priority_and_an_erasure_are_seen_at_once() {
    var first = lead("2024-05-06T10:00:00Z");
    var second = lead("2024-05-06T11:00:00Z");
    var query = "?from=2024-05-06&to=2024-05-06";
    assertThat(kept(query).at("/total/acknowledged").asInt()).isZero();

    change("update public.messages set acknowledged_at = now() where id = ?", first);
    assertThat(ask(query).at("/total/acknowledged").asInt()).isEqualTo(1);
    assertThat(kept(query).at("/total/acknowledged").asInt()).isEqualTo(1);

    change("update public.messages set priority = 'urgent' where id = ?", second);
    assertThat(ask(query).at("/priorities/0/received").asInt()).isEqualTo(1);
    assertThat(kept(query).at("/priorities/0/received").asInt()).isEqualTo(1);

    change("delete from public.messages where id = ?", second);
    assertThat(ask(query).at("/total/received").asInt()).isEqualTo(1);
    assertThat(kept(query).at("/total/received").asInt()).isEqualTo(1);
  }

  @Test
  void a_lead_that_is_brought_in_later_is_seen_at_once() {
    lead("2024-05-06T10:00:00Z");
    kept("?from=2024-05-06&to=2024-05-06");
    lead("2024-05-06T12:00:00Z");
    assertThat(received(kept("?from=2024-05-06&to=2024-05-06"))).containsExactly(2);
  }

  @Test
  void another_time_zone_means_other_days_at_once() {
    lead("2024-05-06T23:00:00Z");
    assertThat(received(kept("?from=2024-05-06&to=2024-05-07"))).containsExactly(1, 0);
    owner.ask(200, "PATCH", "/api/settings", Map.of("timeZone", "Australia/Sydney"));
    assertThat(received(ask("?from=2024-05-06&to=2024-05-07"))).containsExactly(0, 1);
    assertThat(received(kept("?from=2024-05-06&to=2024-05-07"))).containsExactly(0, 1);
  }

  @Test
  void other_hours_mean_other_durations_at_once() {
    lead("2024-05-06T08:00:00Z", "acknowledged_at", "2024-05-06T10:00:00Z");
    var query = "?from=2024-05-06&to=2024-05-06";
    var open = "/total/secondsToAcknowledge/medianOpen";
    assertThat(kept(query).at(open).asInt()).isEqualTo(3600);
    owner.ask(
        200,
        "PATCH",
        "/api/settings",
        "{\"businessHours\":[{\"weekday\":1,\"opens\":\"00:00\",\"closes\":\"24:00\"}]}");
    assertThat(ask(query).at(open).asInt()).isEqualTo(7200);
    assertThat(kept(query).at(open).asInt()).isEqualTo(7200);
  }

  @Test
  void deliveries_are_counted_with_the_lead_that_they_are_of() {
    var prompt = lead("2024-05-06T10:00:00Z", "email_sent_at", "2024-05-06T10:00:02Z");
    var late = lead("2024-05-06T10:00:00Z", "email_sent_at", "2024-05-06T10:01:00Z");
    delivery(prompt, "email", "delivered");
    delivery(late, "email", "sent");
    var failed = delivery(late, "sms", "failed");
    var query = "?from=2024-05-06&to=2024-05-06";

    var figures = kept(query);

    assertThat(figures.at("/channels/0/channel").asText()).isEqualTo("email");
    assertThat(figures.at("/channels/0/successRate").asDouble()).isEqualTo(1);
    assertThat(figures.at("/channels/1/successRate").asDouble()).isZero();
    assertThat(figures.at("/promise/0/actual").asDouble()).isEqualTo(0.5);
    assertThat(figures.at("/promise/1/kept").asBoolean()).isTrue();
    assertThat(figures.at("/promise/2/kept").asBoolean()).isFalse();
    assertThat(ask(query + "&channel=email").get("channels")).hasSize(1);

    change("update messaging.deliveries set state = 'delivered' where id = ?", failed);
    assertThat(ask(query).at("/channels/1/successRate").asDouble()).isEqualTo(1);
    assertThat(kept(query).at("/channels/1/successRate").asDouble()).isEqualTo(1);
  }

  @Test
  void a_funnel_and_priorities_narrow_all_of_it() {
    lead("2024-05-06T10:00:00Z", "priority", "high");
    lead("2024-05-06T10:00:00Z", "priority", "low");
    var query = "?from=2024-05-06&to=2024-05-06";
    kept(query);
    assertThat(received(ask(query + "&priority=high,urgent"))).containsExactly(1);
    assertThat(received(ask(query + "&funnel=" + business.funnel()))).containsExactly(2);
    assertThat(received(ask(query + "&funnel=" + UUID.randomUUID()))).containsExactly(0);
    assertThat(ask(query).at("/funnels/0/name").asText()).isEqualTo("Test funnel");
  }

  @Test
  void what_came_in_today_is_there_at_once() {
    var id =
        service.lead(business, Map.of("contactName", "Ada", "contactPhone", "+61 491 570 156"));
    assertThat(ask("").at("/total/received").asInt()).isEqualTo(1);
    change(
        "update public.messages set responded_at = now(), acknowledged_at = now() where id = ?",
        id);
    assertThat(ask("").at("/total/responded").asInt()).isEqualTo(1);
    assertThat(ask("").at("/days/29/acknowledged").asInt()).isEqualTo(1);
  }

  @Test
  void a_business_sees_its_own_leads_only() {
    lead("2024-05-06T10:00:00Z");
    var other = service.businessWithoutChannels();
    var key = new ApiCaller(service, service.key(other, "messages:read"));
    assertThat(
            key.ask(200, "GET", PATH + "?from=2024-05-06&to=2024-05-06", null)
                .at("/total/received")
                .asInt())
        .isZero();
    assertThat(
            new ApiCaller(service, service.session(business, "viewer"))
                .ask(200, "GET", PATH + "?from=2024-05-06&to=2024-05-06", null)
                .at("/total/received")
                .asInt())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from=2024-02-30",
        "from=2024-13-01",
        "from=yesterday",
        "from=2024-05-07T00:00:00Z",
        "to=0000-00-00",
        "from=2024-05-07&to=2024-05-06",
        "from=2023-01-01&to=2024-05-06",
        "priority=none",
        "funnel=1",
        "channel=E%20mail",
        "by=day"
      })
  void what_cannot_be_counted_is_refused_by_its_name(String query) {
    assertThat(owner.ask(400, "GET", PATH + "?" + query, null).at("/errors/0/field").asText())
        .isEqualTo(query.split("=")[0]);
  }

  private JsonNode ask(String query) {
    return owner.ask(200, "GET", PATH + query, null);
  }

  /** What is answered once it is kept, which must be what is answered when nothing is. */
  private JsonNode kept(String query) {
    var now = ask(query);
    camel.sendBody("direct:refresh-analytics", null);
    assertThat(
            service
                .database()
                .sql(
                    "select since = '-infinity' and not exists (select from messaging.figures_stale s where s.business_id = k.business_id) from messaging.figures_kept k where k.business_id = ?")
                .param(business.id())
                .query(Boolean.class)
                .single())
        .as("nothing is left to be counted")
        .isTrue();
    var kept = ask(query);
    assertThat(kept).isEqualTo(now);
    change("update messaging.figures_kept set basis = null where business_id = ?", business.id());
    assertThat(ask(query)).as("counted while one asks").isEqualTo(kept);
    camel.sendBody("direct:refresh-analytics", null);
    assertThat(ask(query)).isEqualTo(kept);
    return kept;
  }

  private static java.util.List<Integer> received(JsonNode figures) {
    var received = new java.util.ArrayList<Integer>();
    figures.get("days").forEach(day -> received.add(day.get("received").asInt()));
    return received;
  }

  private void zone(String zone) {
    service
        .database()
        .sql("insert into messaging.business_settings (business_id, time_zone) values (?, ?)")
        .params(business.id(), zone)
        .update();
  }

  /** A lead that came in at a moment; the rest are columns and values by turns. */
  private UUID lead(String at, String... rest) {
    var id = UUID.randomUUID();
    service
        .database()
        .sql(
            "insert into public.messages (id, funnel_id, business_id, contact_name, created_at, updated_at) values (?, ?, ?, 'Ada', cast(? as timestamptz), cast(? as timestamptz))")
        .params(id, business.funnel(), business.id(), at, at)
        .update();
    for (var each = 0; each < rest.length; each += 2) {
      service
          .database()
          .sql(
              "update public.messages set %s = cast(? as %s) where id = ?"
                  .formatted(rest[each], rest[each].endsWith("_at") ? "timestamptz" : "text"))
          .params(rest[each + 1], id)
          .update();
    }
    return id;
  }

  private UUID delivery(UUID lead, String channel, String state) {
    var id = UUID.randomUUID();
    service
        .database()
        .sql(
            "insert into messaging.deliveries (id, business_id, cause, message_id, channel, target_id, state, next_attempt_at, created_at, updated_at) select ?, business_id, 'lead', id, ?, gen_random_uuid(), ?, created_at, created_at, created_at from public.messages where id = ?")
        .params(id, channel, state, lead)
        .update();
    return id;
  }

  private void change(String statement, UUID id) {
    service.database().sql(statement).param(id).update();
  }
}
