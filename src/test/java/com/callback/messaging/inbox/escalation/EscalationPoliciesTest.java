package com.callback.messaging.inbox.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * How a business writes its escalation policies and outcome rules, and what its leads show of them.
 */
@ServiceTest
class EscalationPoliciesTest {

  private static final String ALL = "/api/escalation-policies";
  private static final String RULES = "/api/outcome-rules";

  @Autowired Service service;
  @Autowired PersonCaller.Crowd people;
  @Autowired MovableClock clock;

  private Business business;
  private PersonCaller owner;
  private PersonCaller kim;

  @BeforeEach
  void a_business_of_two() {
    business = service.businessWithoutChannels();
    owner = people.member(business, "owner");
    kim = people.member(business, "agent");
  }

  @Test
  void a_policy_is_found_again_replaced_and_deleted() {
    var made = create("{'name': ' Urgent ', 'steps': [{'after': 5.0, 'notify': ['owners']}]}");
    assertThat(made.get("name").asText()).isEqualTo("Urgent");
    assertThat(made.get("steps"))
        .isEqualTo(
            service.json(
                "[{\"after\":5,\"notify\":[\"owners\"],\"memberIds\":[],\"channels\":null}]"));
    assertThat(made.get("repeatAfter").asInt()).isEqualTo(15);
    var path = ALL + "/" + made.get("id").asText();
    assertThat(kim.ask(200, "GET", path, null)).isEqualTo(made);
    assertThat(kim.ask(200, "GET", ALL, null).get("policies")).containsExactly(made);

    var changed =
        owner.ask(
            200,
            "PUT",
            path,
            quoted(
                "{'name': 'Kim', 'isActive': false, 'priorities': ['urgent', 'high'], 'repeats': 2, 'steps': [{'after': 0, 'notify': ['members'], 'memberIds': ['%s']}]}"
                    .formatted(kim.id())));
    assertThat(changed.get("isActive").asBoolean()).isFalse();
    assertThat(changed.at("/steps/0/memberIds/0").asText()).isEqualTo(kim.id().toString());

    kim.ask(403, "DELETE", path, null);
    owner.ask(204, "DELETE", path, null);
    owner.ask(404, "DELETE", path, null);
    owner.ask(
        404, "PUT", path, quoted("{'name': 'x', 'steps': [{'after': 0, 'notify': ['owners']}]}"));
  }

  @Test
  void policies_are_put_into_another_order_as_a_whole() {
    var ids =
        IntStream.range(0, 3)
            .mapToObj(each -> create(named("p" + each)).get("id").asText())
            .toList();
    var turned = List.of(ids.get(2), ids.get(0), ids.get(1));
    assertThat(ids(owner.ask(200, "PUT", ALL, Map.of("ids", turned)))).isEqualTo(turned);
    assertThat(owner.ask(409, "PUT", ALL, Map.of("ids", ids.subList(0, 2))).get("type").asText())
        .endsWith(":other-escalation-policies");
    owner.ask(409, "PUT", ALL, Map.of("ids", List.of(UUID.randomUUID())));
    assertThat(ids(owner.ask(200, "GET", ALL, null))).isEqualTo(turned);
  }

  @Test
  void a_business_has_twenty_policies_at_most() {
    IntStream.range(0, 20).forEach(each -> create(named("p" + each)));
    assertThat(owner.ask(409, "POST", ALL, quoted(named("one more"))).get("type").asText())
        .endsWith(":too-many-escalation-policies");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'name': 'x'}                                                                   | steps",
        "{'name': 'x', 'steps': []}                                                      | steps",
        "{'name': ' ', 'steps': [{'after': 0, 'notify': ['owners']}]}                    | name",
        "{'name': 'x', 'steps': [{'after': 1000000, 'notify': ['owners']}]}              | steps.0.after",
        "{'name': 'x', 'steps': [{'after': -1, 'notify': ['owners']}]}                   | steps.0.after",
        "{'name': 'x', 'steps': [{'after': 0.5, 'notify': ['owners']}]}                  | steps.0.after",
        "{'name': 'x', 'steps': [{'after': 0, 'notify': []}]}                            | steps.0.notify",
        "{'name': 'x', 'steps': [{'after': 0, 'notify': ['nobody']}]}                    | steps.0.notify.0",
        "{'name': 'x', 'steps': [{'after': 0, 'notify': ['owners'], 'channels': ['fax']}]} | steps.0.channels.0",
        "{'name': 'x', 'steps': [{'after': 0, 'notify': ['members']}]}                   | steps.0.memberIds",
        "{'name': 'x', 'steps': [{'after': 0, 'notify': ['members'], 'memberIds': ['0199b2c4-6f3a-7c31-8f52-3d7a9be01c55']}]} | steps.0.memberIds.0",
        "{'name': 'x', 'steps': [{'after': 0, 'notify': ['owners'], 'memberIds': ['0199b2c4-6f3a-7c31-8f52-3d7a9be01c55']}]} | steps.0.memberIds",
        "{'name': 'x', 'steps': [{'after': 5, 'notify': ['owners']}, {'after': 5, 'notify': ['everyone']}]} | steps.1.after",
        "{'name': 'x', 'funnelIds': ['0199b2c4-6f3a-7c31-8f52-3d7a9be01c55'], 'steps': [{'after': 0, 'notify': ['owners']}]} | funnelIds.0",
        "{'name': 'x', 'repeats': 11, 'steps': [{'after': 0, 'notify': ['owners']}]}     | repeats",
        "{'name': 'x', 'repeatAfter': 0, 'steps': [{'after': 0, 'notify': ['owners']}]}  | repeatAfter",
        "{'name': 'x', 'unit': 'seconds', 'openHoursOnly': true, 'steps': [{'after': 0, 'notify': ['owners']}]} | openHoursOnly"
      })
  void a_policy_that_cannot_be_run_is_refused_with_what_to_do(String body, String field) {
    var errors = owner.ask(400, "POST", ALL, quoted(body)).get("errors");
    assertThat(errors).as(errors.toString()).hasSize(1);
    assertThat(errors.at("/0/field").asText()).isEqualTo(field);
    assertThat(errors.at("/0/detail").asText()).hasSizeGreaterThan(10);
    assertThat(owner.ask(200, "GET", ALL, null).get("policies")).isEmpty();
  }

  @Test
  void a_lead_shows_what_comes_next_until_somebody_acknowledges_it() {
    create(
        "{'name': 'Test', 'steps': [{'after': 0, 'notify': ['owners'], 'channels': ['email']}, {'after': 60, 'notify': ['assignee']}]}");
    var id = lead();
    var next = awaitStep(id, 2);
    assertThat(next.get("then").asText()).isEqualTo("step");
    assertThat(next.get("notify").get(0).asText()).isEqualTo("assignee");
    assertThat(Duration.between(clock.instant(), Instant.parse(next.get("at").asText())))
        .isBetween(Duration.ofMinutes(58), Duration.ofMinutes(60));
    assertThat(
            service
                .database()
                .sql(
                    "select count(*) from messaging.deliveries where message_id = ? and cause = 'notification' and channel = 'email'")
                .param(UUID.fromString(id))
                .query(Integer.class)
                .single())
        .isPositive();
    kim.ask(200, "POST", "/api/messages/" + id + "/acknowledge", null);
    assertThat(shown(id).get("escalation").isNull()).isTrue();
  }

  @Test
  void a_lead_that_is_put_off_comes_back_as_a_reminder_of_whoever_put_it_off() {
    var id = lead();
    var path = "/api/messages/" + id + "/reminder";
    var at = clock.instant().plus(Duration.ofHours(3)).toString();
    var lead = kim.ask(200, "PUT", path, Map.of("at", at));
    assertThat(Instant.parse(lead.get("dueAt").asText()))
        .isEqualTo(Instant.parse(lead.get("callAgainAt").asText()));
    var cancelled = kim.ask(200, "DELETE", path, null);
    assertThat(cancelled.get("callAgainAt").isNull()).isTrue();
    assertThat(Instant.parse(cancelled.get("dueAt").asText())).isBefore(Instant.parse(at));
    kim.ask(400, "PUT", path, Map.of());
    kim.ask(400, "PUT", path, Map.of("at", at, "inMinutes", 180));
    kim.ask(200, "PUT", path, Map.of("inMinutes", 180));
    clock.advance(Duration.ofHours(3).plusSeconds(1));

    var reminders =
        await()
            .until(
                () -> kim.ask(200, "GET", "/api/messages?type=reminder", null).get("items"),
                items -> !items.isEmpty());
    assertThat(reminders).hasSize(1);
    assertThat(reminders.at("/0/follows").asText()).isEqualTo(id);
    assertThat(reminders.at("/0/assignedTo").asText()).isEqualTo(kim.id().toString());
    assertThat(reminders.at("/0/contactName").asText()).isEqualTo("Ada");
  }

  @ParameterizedTest
  @CsvSource({"2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z", "2026-02-30T00:00:00Z"})
  void a_reminder_at_a_time_that_makes_no_sense_is_refused(String at) {
    var refused = kim.ask(400, "PUT", "/api/messages/" + lead() + "/reminder", Map.of("at", at));
    assertThat(refused.at("/errors/0/field").asText()).isEqualTo("at");
  }

  @Test
  void an_outcome_causes_what_the_business_has_set() {
    assertThat(kim.ask(200, "GET", RULES, null).at("/rules/no_answer/afterMinutes").asInt())
        .isEqualTo(120);
    kim.ask(403, "PUT", RULES, quoted("{'rules': {}}"));
    owner.ask(
        200,
        "PUT",
        RULES,
        quoted(
            "{'rules': {'no_answer': {'action': 'again', 'afterMinutes': 30}, 'voicemail': {'action': 'again'}, 'booked': {'action': 'close'}}}"));

    var unanswered = called("no_answer");
    assertThat(
            Duration.between(
                clock.instant(), Instant.parse(unanswered.get("callAgainAt").asText())))
        .isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30));
    assertThat(called("voicemail").get("callAgainAt").isNull()).isFalse();
    var booked = called("booked");
    assertThat(booked.get("status").asText()).isEqualTo("archived");
    assertThat(booked.get("respondedAt").isNull()).as("it counts as answered").isFalse();
    assertThat(called("not_interested").get("status").asText()).isEqualTo("archived");
    assertThat(called("reached").get("status").asText()).isEqualTo("responded");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{}                                                                  | rules",
        "{'rules': {'asleep': {'action': 'close'}}}                          | rules.asleep",
        "{'rules': {'booked': {'action': 'celebrate'}}}                      | rules.booked.action",
        "{'rules': {'booked': {'action': 'close', 'afterMinutes': 5}}}       | rules.booked.afterMinutes",
        "{'rules': {'no_answer': {'action': 'again', 'afterMinutes': 0}}}    | rules.no_answer.afterMinutes"
      })
  void outcome_rules_that_make_no_sense_are_refused(String body, String field) {
    assertThat(owner.ask(400, "PUT", RULES, quoted(body)).at("/errors/0/field").asText())
        .isEqualTo(field);
  }

  private JsonNode called(String outcome) {
    return kim.ask(
        200, "POST", "/api/messages/" + lead() + "/call-outcome", Map.of("outcome", outcome));
  }

  private String lead() {
    return service
        .lead(
            business,
            Map.of("contactName", "Ada", "contactEmail", UUID.randomUUID() + "@example.com"))
        .toString();
  }

  private JsonNode shown(String id) {
    return kim.ask(200, "GET", "/api/messages/" + id, null);
  }

  private JsonNode awaitStep(String id, int step) {
    return await()
        .until(() -> shown(id).get("escalation"), next -> next.path("step").asInt() == step);
  }

  private JsonNode create(String body) {
    return owner.ask(201, "POST", ALL, quoted(body));
  }

  private static String named(String name) {
    return "{'name': '%s', 'steps': [{'after': 0, 'notify': ['owners']}]}".formatted(name);
  }

  private JsonNode quoted(String body) {
    return service.json(body.replace('\'', '"'));
  }

  private static List<String> ids(JsonNode answer) {
    return StreamSupport.stream(answer.get("policies").spliterator(), false)
        .map(each -> each.get("id").asText())
        .toList();
  }
}
