package com.callback.messaging.people.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Owners say who gets a lead; the service gives it to them by itself. */
@ServiceTest
class AssignmentTest {

  private static final String RULES = "/api/assignment-rules";
  private static final String ROTA = "/api/rota";

  @Autowired Service service;
  @Autowired PersonCaller.Crowd crowd;
  @Autowired MovableClock clock;

  Service.Business business;
  ApiCaller owner;
  PersonCaller kim;
  PersonCaller viewer;

  @BeforeEach
  void a_business_with_an_agent_and_a_viewer() {
    business = service.businessWithoutChannels();
    owner = new ApiCaller(service, service.session(business, "owner"));
    kim = crowd.member(business, "agent");
    viewer = crowd.member(business, "viewer");
  }

  @Test
  void a_lead_is_given_to_the_member_on_duty_and_passed_on_to_an_owner() {
    var shifts =
        List.of(1, 2, 3, 4, 5, 6, 7).stream()
            .map(
                day -> Map.of("weekday", day, "from", "00:00", "to", "24:00", "memberId", kim.id()))
            .toList();
    var rota = owner.ask(200, "PUT", ROTA, Map.of("shifts", shifts, "exceptions", List.of()));
    assertThat(rota.at("/onDuty/email").asText()).isEqualTo(kim.email());
    assertThat(rota.get("gaps")).isEmpty();
    var rules =
        owner.ask(
            200,
            "PUT",
            RULES,
            "{\"items\":[{\"funnelId\":null,\"rule\":\"on_duty\",\"fallback\":\"owners\",\"reassignAfterMinutes\":5}]}");
    assertThat(owner.ask(200, "GET", RULES, null)).isEqualTo(rules);

    var lead =
        service.lead(business, Map.of("contactName", "Ada", "contactPhone", "+61 491 570 006"));

    await().until(() -> kim.id().toString().equals(lead(lead).get("assignedTo").asText()));
    assertThat(lastOf(lead).at("/data/explanation").asText()).startsWith("on duty until ");
    clock.advance(Duration.ofMinutes(5));
    await().until(() -> !kim.id().toString().equals(lead(lead).get("assignedTo").asText()));
    assertThat(lastOf(lead).at("/data/explanation").asText())
        .isEqualTo("nobody acted for 5 minutes; nobody else is left, so an owner gets it");
  }

  private JsonNode lead(UUID id) {
    return kim.ask(200, "GET", "/api/messages/" + id, null);
  }

  private JsonNode lastOf(UUID id) {
    var timeline = lead(id).get("timeline");
    return timeline.get(timeline.size() - 1);
  }

  @Test
  void rules_that_were_never_set_assign_nobody() {
    assertThat(owner.ask(200, "GET", RULES, null).toString())
        .isEqualTo(
            "{\"items\":[{\"funnelId\":null,\"rule\":\"nobody\",\"memberIds\":[],\"fallback\":\"owners\",\"reassignAfterMinutes\":null}]}");
  }

  @Test
  void a_funnel_that_is_left_out_follows_the_business_again() {
    var own =
        "{\"items\":[{\"funnelId\":null,\"rule\":\"round_robin\"},{\"funnelId\":\"%s\",\"rule\":\"member\",\"memberIds\":[\"%s\"]}]}"
            .formatted(business.funnel(), kim.id());
    assertThat(owner.ask(200, "PUT", RULES, own).get("items")).hasSize(2);
    assertThat(
            owner
                .ask(
                    200, "PUT", RULES, "{\"items\":[{\"funnelId\":null,\"rule\":\"round_robin\"}]}")
                .get("items"))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "422 | items.0.memberIds.0          | {'funnelId':null,'rule':'round_robin','memberIds':['VIEWER']}",
        "422 | items.0.memberIds.0          | {'funnelId':null,'rule':'member','memberIds':['00000000-0000-0000-0000-000000000001']}",
        "422 | items.0.memberIds            | {'funnelId':null,'rule':'member'}",
        "422 | items.0.memberIds            | {'funnelId':null,'rule':'nobody','memberIds':['KIM']}",
        "422 | items.0.fallback             | {'funnelId':null,'rule':'on_duty'}",
        "422 | items.0.funnelId             | {'funnelId':'00000000-0000-0000-0000-000000000001','rule':'nobody'}",
        "422 | items.1.funnelId             | {'funnelId':null,'rule':'nobody'},{'funnelId':null,'rule':'round_robin'}",
        "400 | items.0.reassignAfterMinutes | {'funnelId':null,'rule':'round_robin','reassignAfterMinutes':0}",
        "400 | items.0.reassignAfterMinutes | {'funnelId':null,'rule':'round_robin','reassignAfterMinutes':1000000}",
        "400 | items.0.rule                 | {'funnelId':null,'rule':'anybody'}"
      })
  void a_rule_that_does_not_fit_names_the_field(int status, String field, String items) {
    var body = "{\"items\":[" + named(items) + "]}";
    assertThat(owner.ask(status, "PUT", RULES, body).at("/errors/0/field").asText())
        .isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "422 | shifts.1            | [{'weekday':1,'from':'09:00','to':'12:00','memberId':'KIM'},{'weekday':1,'from':'11:59','to':'13:00','memberId':'KIM'}] | []",
        "422 | shifts.0.to         | [{'weekday':1,'from':'22:00','to':'06:00','memberId':'KIM'}] | []",
        "422 | shifts.0.memberId   | [{'weekday':1,'from':'09:00','to':'12:00','memberId':'VIEWER'}] | []",
        "400 | shifts.0.weekday    | [{'weekday':8,'from':'09:00','to':'12:00','memberId':'KIM'}] | []",
        "422 | exceptions.0.date   | [] | [{'date':'2027-02-29','from':'00:00','to':'24:00','memberId':null}]",
        "422 | exceptions.1        | [] | [{'date':'2027-02-28','from':'00:00','to':'24:00','memberId':null},{'date':'2027-02-28','from':'09:00','to':'10:00','memberId':'KIM'}]"
      })
  void a_rota_that_does_not_fit_names_the_field(
      int status, String field, String shifts, String exceptions) {
    var body = named("{\"shifts\":%s,\"exceptions\":%s}".formatted(shifts, exceptions));
    assertThat(owner.ask(status, "PUT", ROTA, body).at("/errors/0/field").asText())
        .isEqualTo(field);
    assertThat(owner.ask(200, "GET", ROTA, null).get("shifts")).isEmpty();
  }

  private String named(String json) {
    return json.replace('\'', '"')
        .replace("KIM", kim.id().toString())
        .replace("VIEWER", viewer.id().toString());
  }

  @Test
  void a_rota_with_gaps_in_opening_hours_lists_them() {
    var shift =
        "[{\"weekday\":1,\"from\":\"10:00\",\"to\":\"12:30\",\"memberId\":\"%s\"}]"
            .formatted(kim.id());
    var rota = owner.ask(200, "PUT", ROTA, "{\"shifts\":" + shift + ",\"exceptions\":[]}");
    assertThat(rota.get("gaps"))
        .hasSize(6)
        .extracting(
            gap ->
                gap.get("weekday") + " " + gap.get("from").asText() + "-" + gap.get("to").asText())
        .contains("1 09:00-10:00", "1 12:30-17:00", "2 09:00-17:00");
  }

  @Test
  void members_say_of_themselves_that_they_are_away_and_owners_of_everybody() {
    var absence = "/api/members/" + kim.id() + "/absence";
    var until = clock.instant().plus(Duration.ofDays(7)).toString();
    kim.ask(200, "PUT", absence, Map.of("until", until));
    assertThat(memberKim().get("awayUntil").asText()).startsWith(until.substring(0, 19));
    var colleague = crowd.member(business, "agent");
    colleague.ask(403, "PUT", absence, Map.of());
    colleague.ask(404, "DELETE", absence, null);
    owner.ask(200, "PUT", absence, Map.of());
    assertThat(memberKim().get("awayUntil").isNull()).isTrue();
    owner.ask(204, "DELETE", absence, null);
    assertThat(memberKim().get("awayFrom").isNull()).isTrue();
    viewer.ask(403, "PUT", "/api/members/" + viewer.id() + "/absence", Map.of());
    owner.ask(404, "PUT", "/api/members/" + viewer.id() + "/absence", Map.of());
  }

  private JsonNode memberKim() {
    for (var member : kim.ask(200, "GET", "/api/members", null)) {
      if (member.get("id").asText().equals(kim.id().toString())) {
        return member;
      }
    }
    throw new AssertionError("Kim is no member");
  }

  @Test
  void an_absence_that_is_over_or_never_ends_in_a_year_is_refused() {
    var absence = "/api/members/" + kim.id() + "/absence";
    var now = clock.instant();
    var past = Map.of("until", now.minusSeconds(1).toString());
    assertThat(owner.ask(422, "PUT", absence, past).at("/errors/0/field").asText())
        .isEqualTo("until");
    var far = Map.of("from", now.plus(Duration.ofDays(400)).toString());
    assertThat(owner.ask(422, "PUT", absence, far).at("/errors/0/field").asText())
        .isEqualTo("from");
    owner.ask(400, "PUT", absence, Map.of("until", "tomorrow"));
  }

  @Test
  void only_owners_change_rules_and_rota_and_everybody_reads_them() {
    kim.ask(403, "PUT", RULES, Map.of("items", List.of()));
    kim.ask(403, "PUT", ROTA, Map.of("shifts", List.of(), "exceptions", List.of()));
    viewer.ask(200, "GET", RULES, null);
    viewer.ask(200, "GET", ROTA, null);
  }
}
