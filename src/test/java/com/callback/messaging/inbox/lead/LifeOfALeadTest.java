package com.callback.messaging.inbox.lead;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What people do to a lead, one or many of them at once. */
@ServiceTest
class LifeOfALeadTest {

  @Autowired Service service;
  @Autowired PersonCaller.Crowd people;
  @Autowired MovableClock clock;

  private Business business;
  private ApiCaller key;
  private PersonCaller agent;
  private UUID id;

  @BeforeEach
  void a_business_with_a_lead() {
    business = service.businessWithoutChannels();
    key = new ApiCaller(service, service.key(business, "messages:read", "messages:write"));
    agent = people.member(business, "agent");
    id = service.lead(business, Map.of("contactName", "Ada", "contactEmail", "ada@example.com"));
  }

  @Test
  void an_archived_lead_is_told_to_no_person_any_more_and_to_every_machine() {
    service
        .database()
        .sql(
            """
            insert into messaging.deliveries (business_id, cause, message_id, channel, target_id, state, held_reason, next_attempt_at, created_at, updated_at)
            select ?, 'lead', ?, channel, gen_random_uuid(), state, case state when 'held' then 'channel off' end, '2999-01-01', now(), now()
            from (values ('email', 'held'), ('sms', 'pending'), ('sms', 'sent'), ('webhook', 'pending')) each (channel, state)
            """)
        .params(business.id(), id)
        .update();

    moved("archive");

    assertThat(
            service
                .database()
                .sql(
                    "select channel || ' ' || state from messaging.deliveries where message_id = ? order by 1")
                .param(id)
                .query(String.class)
                .list())
        .startsWith("email cancelled", "sms cancelled", "sms sent")
        .last()
        .isNotEqualTo("webhook cancelled");
  }

  @Test
  void a_lead_is_read_acknowledged_answered_put_away_and_fetched_again() {
    assertThat(moved("read").get("readAt").isNull()).isFalse();
    var acknowledged = moved("acknowledge");
    assertThat(acknowledged.get("status").asText()).isEqualTo("acknowledged");
    assertThat(acknowledged.get("acknowledgedBy").asText()).isEqualTo(agent.id().toString());
    assertThat(moved("respond").get("respondedAt").isNull()).isFalse();
    assertThat(moved("archive").get("archivedAt").isNull()).isFalse();
    var back = moved("unarchive");

    assertThat(back.get("status").asText()).isEqualTo("responded");
    assertThat(back.get("archivedAt").isNull()).isTrue();
    assertThat(back.get("revision").asInt()).isEqualTo(6);
    assertThat(back.get("acknowledgedAt")).isEqualTo(acknowledged.get("acknowledgedAt"));
    assertThat(types(back))
        .containsExactly(
            "message.created",
            "message.read",
            "message.acknowledged",
            "message.responded",
            "message.archived",
            "message.unarchived");
    assertThat(event(back, "message.acknowledged").get("by").asText()).isEqualTo(agent.email());
    assertThat(event(back, "message.acknowledged").get("byId").asText())
        .isEqualTo(agent.id().toString());
    assertThat(event(back, "message.unarchived").get("to").asText()).isEqualTo("responded");
  }

  @ParameterizedTest
  @CsvSource({
    "'', unread",
    "read, read",
    "acknowledge, acknowledged",
    "respond, responded",
    "read unread, unread"
  })
  void out_of_the_archive_it_is_what_it_was(String before, String status) {
    for (var move : before.split(" ")) {
      if (!move.isEmpty()) {
        moved(move);
      }
    }
    moved("archive");
    assertThat(moved("unarchive").get("status").asText()).isEqualTo(status);
  }

  @Test
  void of_twenty_who_acknowledge_at_once_one_is_first_and_the_others_are_told_who()
      throws Exception {
    var crowd = IntStream.range(0, 20).mapToObj(each -> people.member(business, "agent")).toList();
    var answers = together(crowd, each -> each.call("POST", path("acknowledge"), null));

    var firsts = answers.entrySet().stream().filter(a -> a.getValue().statusCode() == 200).toList();
    assertThat(firsts).hasSize(1);
    var first = firsts.get(0).getKey();
    var lead = service.json(firsts.get(0).getValue().body());
    assertThat(lead.get("acknowledgedBy").asText()).isEqualTo(first.id().toString());
    answers.remove(first);
    assertThat(answers.values())
        .allSatisfy(
            answer -> {
              var problem = service.json(answer.body());
              assertThat(answer.statusCode()).isEqualTo(409);
              assertThat(problem.get("type").asText()).endsWith(":already-acknowledged");
              assertThat(problem.get("acknowledgedBy").asText()).isEqualTo(first.email());
              assertThat(problem.get("acknowledgedAt")).isEqualTo(lead.get("acknowledgedAt"));
              assertThat(problem.get("detail").asText()).startsWith(first.email());
            });
    assertThat(types(shown())).containsOnlyOnce("message.acknowledged");
  }

  @Test
  void whoever_was_first_may_say_so_again() {
    var once = moved("acknowledge");
    assertThat(moved("acknowledge")).isEqualTo(once);

    var other =
        service.lead(business, Map.of("contactName", "Bo", "contactEmail", "b@example.com"));
    var byKey = key.ask(200, "POST", "/api/messages/" + other + "/acknowledge", null);
    assertThat(byKey.get("acknowledgedBy").isNull()).isTrue();
    assertThat(key.ask(200, "POST", "/api/messages/" + other + "/acknowledge", null))
        .isEqualTo(byKey);
    var problem = agent.ask(409, "POST", "/api/messages/" + other + "/acknowledge", null);
    assertThat(problem.get("acknowledgedBy").asText()).startsWith("API key cbk_");
  }

  @ParameterizedTest
  @ValueSource(strings = {"acknowledge", "respond"})
  void a_lead_that_nobody_has_is_assigned_to_the_member_who_acknowledges_it(String move) {
    assertThat(moved(move).get("assignedTo").asText()).isEqualTo(agent.id().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"reached", "voicemail", "wrong_number"})
  void a_lead_that_nobody_has_is_assigned_to_the_member_who_called(String outcome) {
    var lead = agent.ask(200, "POST", path("call-outcome"), Map.of("outcome", outcome));
    assertThat(lead.get("assignedTo").asText()).isEqualTo(agent.id().toString());
  }

  @Test
  void an_acknowledged_lead_is_found_among_its_acknowledger_s_own() {
    moved("acknowledge");
    var mine = agent.ask(200, "GET", "/api/messages?assignee=me", null);
    assertThat(mine.at("/items/0/id").asText()).isEqualTo(id.toString());
  }

  @Test
  void an_acknowledged_lead_stays_with_its_assignee() {
    var colleague = people.member(business, "agent");
    assigned(200, colleague.id());
    assertThat(moved("acknowledge").get("assignedTo").asText())
        .isEqualTo(colleague.id().toString());
  }

  @Test
  void a_member_who_acknowledges_and_assigns_at_once_decides_whom_it_is_assigned_to() {
    var lead = patched(200, "*", "{\"status\":\"acknowledged\",\"assignedTo\":null}");
    assertThat(lead.get("assignedTo").isNull()).isTrue();
  }

  @Test
  void an_api_key_that_acknowledges_a_lead_assigns_it_to_nobody() {
    var lead = key.ask(200, "POST", path("acknowledge"), null);
    assertThat(lead.get("status").asText()).isEqualTo("acknowledged");
    assertThat(lead.get("assignedTo").isNull()).isTrue();
  }

  @Test
  void whoever_acknowledges_by_answering_was_first_too() {
    moved("respond");
    var problem = people.member(business, "agent").ask(409, "POST", path("acknowledge"), null);
    assertThat(problem.get("acknowledgedBy").asText()).isEqualTo(agent.email());
    assertThat(types(shown())).containsExactly("message.created", "message.responded");
  }

  @Test
  void a_lead_that_the_platform_acknowledged_by_itself_is_taken_too() {
    service
        .database()
        .sql("update public.messages set status = 'acknowledged' where id = ?")
        .param(id)
        .update();
    var problem = agent.ask(409, "POST", path("acknowledge"), null);
    assertThat(problem.get("acknowledgedBy").asText()).isEqualTo("Somebody");
  }

  @ParameterizedTest
  @CsvSource({
    "archive, read, message-archived",
    "archive, unread, message-archived",
    "archive, acknowledge, message-archived",
    "archive, respond, message-archived",
    "acknowledge, unread, message-taken-on",
    "respond, unread, message-taken-on"
  })
  void what_cannot_be_done_is_refused_and_says_what_to_do(String first, String then, String kind) {
    var before = moved(first);
    var problem = key.ask(409, "POST", path(then), null);
    assertThat(problem.get("type").asText()).endsWith(":" + kind);
    assertThat(problem.get("detail").asText()).isNotBlank();
    assertThat(shown()).isEqualTo(before);
  }

  @Test
  void a_held_lead_is_released_or_discarded_and_nothing_else() {
    service
        .database()
        .sql(
            "update public.messages set quarantined_at = now(), quarantine_reason = 'honeypot' where id = ?")
        .param(id)
        .update();
    for (var move : List.of("read", "unread", "acknowledge", "respond", "archive", "unarchive")) {
      assertThat(key.ask(409, "POST", path(move), null).get("type").asText())
          .endsWith(":message-held");
    }
    key.ask(409, "PUT", path("tags"), Map.of("tags", List.of("x")));
    key.ask(409, "POST", path("call-outcome"), Map.of("outcome", "reached"));
    key.ask(200, "POST", path("discard"), null);
    assertThat(key.ask(409, "POST", path("unarchive"), null).get("type").asText())
        .endsWith(":message-discarded");
  }

  @ParameterizedTest
  @CsvSource({"reached, responded", "voicemail, acknowledged", "wrong_number, acknowledged"})
  void what_came_of_a_call_says_where_the_lead_stands(String outcome, String status) {
    var lead =
        key.ask(
            200, "POST", path("call-outcome"), Map.of("outcome", outcome, "note", "Asked for Bo."));
    assertThat(lead.get("status").asText()).isEqualTo(status);
    assertThat(lead.get("callOutcome").asText()).isEqualTo(outcome);
    assertThat(lead.get("callAgainAt").isNull()).isTrue();
    assertThat(types(lead))
        .containsExactly("message.created", "message.called", "message." + status);
    assertThat(lead.toString()).doesNotContain("Asked for Bo.");
    assertThat(key.ask(200, "GET", path("notes"), null).at("/items/0/text").asText())
        .isEqualTo("Asked for Bo.");
  }

  @Test
  void a_call_that_nobody_answered_puts_the_lead_back_with_a_time() {
    moved("acknowledge");
    var lead = key.ask(200, "POST", path("call-outcome"), Map.of("outcome", "no_answer"));

    assertThat(lead.get("status").asText()).isEqualTo("read");
    assertThat(lead.get("acknowledgedAt").isNull()).isTrue();
    assertThat(lead.get("acknowledgedBy").isNull()).isTrue();
    var again = Instant.parse(lead.get("callAgainAt").asText());
    assertThat(Duration.between(clock.instant(), again))
        .isBetween(Duration.ofMinutes(119), Duration.ofHours(2));
    assertThat(lead.get("dueAt")).isEqualTo(lead.get("callAgainAt"));

    var moment =
        clock
            .instant()
            .plus(Duration.ofDays(29))
            .truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    var later =
        key.ask(
            200,
            "POST",
            path("call-outcome"),
            Map.of("outcome", "no_answer", "callAgainAt", moment.toString()));
    assertThat(Instant.parse(later.get("dueAt").asText())).isEqualTo(moment);
    assertThat(
            people
                .member(business, "agent")
                .ask(200, "POST", path("acknowledge"), null)
                .get("status")
                .asText())
        .isEqualTo("acknowledged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"outcome\":\"no_answer\",\"callAgainAt\":\"2020-01-01T00:00:00Z\"}",
        "{\"outcome\":\"no_answer\",\"callAgainAt\":\"2999-01-01T00:00:00Z\"}",
        "{\"outcome\":\"no_answer\",\"callAgainAt\":\"2026-02-30T00:00:00Z\"}",
        "{\"outcome\":\"reached\",\"callAgainAt\":\"2999-01-01T00:00:00Z\"}"
      })
  void a_time_that_makes_no_sense_is_named(String body) {
    assertThat(key.ask(400, "POST", path("call-outcome"), body).at("/errors/0/field").asText())
        .isEqualTo("callAgainAt");
  }

  @Test
  void a_lead_is_given_to_members_only() {
    var owner = people.ownerById(business);
    var given = assigned(200, agent.id());
    assertThat(given.get("assignedTo").asText()).isEqualTo(agent.id().toString());
    assertThat(assigned(200, agent.id())).isEqualTo(given);
    assertThat(assigned(200, owner.id()).get("assignedTo").asText())
        .isEqualTo(business.id().toString());

    var stranger = people.member(service.businessWithoutChannels(), "agent");
    for (var nobody : List.of(stranger.id(), UUID.randomUUID())) {
      var problem = assigned(422, nobody);
      assertThat(problem.get("type").asText()).endsWith(":unknown-member");
      assertThat(problem.at("/errors/0/field").asText()).isEqualTo("memberId");
    }
    var released = assigned(200, null);
    assertThat(released.get("assignedTo").isNull()).isTrue();
    assertThat(types(released))
        .containsExactly(
            "message.created", "message.assigned", "message.assigned", "message.assigned");
  }

  @Test
  void tags_are_kept_in_lower_case_and_each_once() {
    var tagged =
        key.ask(200, "PUT", path("tags"), Map.of("tags", List.of("Roof", "battery", "ROOF")));
    assertThat(texts(tagged.get("tags"))).containsExactly("battery", "roof");
    assertThat(key.ask(200, "PUT", path("tags"), Map.of("tags", List.of("roof", "battery"))))
        .isEqualTo(tagged);
    assertThat(key.ask(200, "PUT", path("tags"), Map.of("tags", List.of())).get("tags")).isEmpty();
    assertThat(key.ask(200, "GET", "/api/tags", null).findValuesAsText("name"))
        .containsExactly("battery", "roof");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"\"]",
        "[\" x\"]",
        "[\"a,b\"]",
        "[\"a\\u0000b\"]",
        "[\"a\\nb\"]",
        "[7]",
        "\"x\"",
        "null",
        "[\"12345678901234567890123456789012345678901\"]",
        "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21]"
      })
  void what_is_no_tag_is_refused(String tags) {
    var problem = key.ask(400, "PUT", path("tags"), "{\"tags\":" + tags + "}");
    assertThat(problem.at("/errors/0/field").asText()).startsWith("tags");
  }

  @Test
  void several_changes_together_are_one_revision() {
    var before = shown();
    var lead =
        patched(
            200,
            "\"1\"",
            """
            {"priority":"urgent","assignedTo":"%s","tags":["Roof"],"status":"acknowledged"}"""
                .formatted(agent.id()));
    assertThat(lead.get("revision").asInt()).isEqualTo(2);
    assertThat(lead.get("status").asText()).isEqualTo("acknowledged");
    assertThat(lead.get("priority").asText()).isEqualTo("urgent");
    assertThat(texts(lead.get("tags"))).containsExactly("roof");
    assertThat(lead.get("dueAt")).as("of what waits no more").isEqualTo(before.get("dueAt"));
    assertThat(types(lead))
        .containsExactly(
            "message.created",
            "message.acknowledged",
            "message.assigned",
            "message.tagged",
            "message.priority_changed");
  }

  @Test
  void the_more_urgent_the_sooner_it_wants_an_answer() {
    var created = Instant.parse(shown().get("createdAt").asText());
    assertThat(due(patched(200, "*", "{\"priority\":\"urgent\"}")))
        .isEqualTo(created.plus(Duration.ofMinutes(15)));
    assertThat(due(patched(200, "*", "{\"priority\":\"low\"}")))
        .isEqualTo(created.plus(Duration.ofHours(4)));
  }

  @Test
  void nobody_overwrites_what_they_have_not_seen() {
    assertThat(patched(428, null, "{\"priority\":\"low\"}").get("type").asText())
        .endsWith(":precondition-required");
    patched(200, "\"1\"", "{\"priority\":\"low\"}");

    for (var stale : List.of("\"1\"", "W/\"1\"", "\"1-gzip\"", "\"other\"", "\"1\", \"3\"")) {
      var answer = agent.call("PATCH", path(""), Map.of("priority", "high"), "If-Match", stale);
      assertThat(answer.statusCode()).as(stale).isEqualTo(412);
      assertThat(answer.headers().firstValue("ETag")).contains("\"2\"");
    }
    for (var nonsense : List.of("2", "\"2", "*, \"2\"")) {
      assertThat(patched(400, nonsense, "{\"priority\":\"high\"}").at("/errors/0/field").asText())
          .isEqualTo("If-Match");
    }
    assertThat(shown().get("priority").asText()).isEqualTo("low");
    assertThat(patched(200, "\"1\", \"2\"", "{\"priority\":\"high\"}").get("revision").asInt())
        .isEqualTo(3);
    assertThat(patched(200, "\"3\"", "{\"priority\":\"high\"}").get("revision").asInt())
        .as("already so")
        .isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"W/\"1\"", "\"1-gzip\"", "W/\"1-br\"", "\"9\", W/\"1\""})
  void a_tag_that_a_compressing_proxy_has_changed_names_the_same_state(String seen) {
    assertThat(patched(200, seen, "{\"priority\":\"high\"}").get("revision").asInt()).isEqualTo(2);
  }

  @Test
  void a_lead_cannot_be_given_to_a_viewer() {
    var viewer = people.member(business, "viewer");
    assertThat(assigned(422, viewer.id()).at("/errors/0/field").asText()).isEqualTo("memberId");
    assertThat(shown().get("assignedTo").isNull()).isTrue();
  }

  @Test
  void what_somebody_has_seen_counts_wherever_they_say_it() {
    patched(200, "\"1\"", "{\"priority\":\"low\"}");
    for (var write :
        List.of(
            List.of("PUT", "tags", Map.of("tags", List.of("roof"))),
            List.of("PUT", "assignee", Map.of("memberId", agent.id().toString())),
            List.of("POST", "archive", Map.of()),
            List.of("POST", "call-outcome", Map.of("outcome", "reached")))) {
      var stale =
          agent.call(
              (String) write.get(0),
              path((String) write.get(1)),
              write.get(2),
              "If-Match",
              "\"1\"");
      assertThat(stale.statusCode()).as("%s: %s", write, stale.body()).isEqualTo(412);
    }
    assertThat(shown().get("revision").asInt()).isEqualTo(2);
    var fresh =
        agent.call("PUT", path("tags"), Map.of("tags", List.of("roof")), "If-Match", "\"2\"");
    assertThat(fresh.statusCode()).isEqualTo(200);
  }

  @Test
  void of_twenty_who_have_seen_the_same_one_changes_it() throws Exception {
    var crowd = IntStream.range(0, 20).mapToObj(each -> people.member(business, "agent")).toList();
    var answers =
        together(
            crowd,
            each ->
                each.call("PATCH", path(""), Map.of("assignedTo", each.id()), "If-Match", "\"1\""));
    assertThat(answers.values().stream().map(HttpResponse::statusCode))
        .containsOnlyOnce(200)
        .filteredOn(status -> status != 200)
        .containsOnly(412);
    assertThat(shown().get("revision").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "read, unread, 200",
    "acknowledge, unread, 409",
    "acknowledge, read, 409",
    "respond, acknowledged, 409",
    "archive, read, 409",
    "archive, archived, 200",
    "unread, responded, 200"
  })
  void a_status_is_taken_as_it_is_said_or_not_at_all(String first, String wanted, int answer) {
    moved(first);
    var lead = patched(answer, "*", "{\"status\":\"" + wanted + "\"}");
    if (answer == 200) {
      assertThat(lead.get("status").asText()).isEqualTo(wanted);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"status\":\"new\"}",
        "{\"priority\":null}",
        "{\"tags\":null}",
        "{\"x\":1}",
        "{\"assignedTo\":\"me\"}"
      })
  void a_change_that_is_none_is_refused(String body) {
    patched(400, "*", body);
  }

  @Test
  void the_entity_tag_stands_in_every_answer() {
    var got = agent.call("GET", path(""), null);
    assertThat(got.headers().firstValue("ETag")).contains("\"1\"");
    var put = agent.call("PUT", path("tags"), Map.of("tags", List.of("a")));
    assertThat(put.headers().firstValue("ETag")).contains("\"2\"");
  }

  @Test
  void what_is_not_there_or_belongs_to_others_is_not_found() {
    var stranger = people.member(service.businessWithoutChannels(), "agent");
    for (var move : List.of("read", "unread", "acknowledge", "respond", "archive", "unarchive")) {
      stranger.ask(404, "POST", path(move), null);
      agent.ask(404, "POST", "/api/messages/" + UUID.randomUUID() + "/" + move, null);
    }
    stranger.ask(404, "PUT", path("assignee"), Map.of("memberId", stranger.id()));
    var viewer = people.member(business, "viewer");
    viewer.ask(403, "POST", path("acknowledge"), null);
    assertThat(shown().get("revision").asInt()).isEqualTo(1);
  }

  @Test
  void who_did_what_stands_in_the_audit_trail() {
    moved("acknowledge");
    patched(200, "*", "{\"priority\":\"low\"}");
    var entries =
        service
            .database()
            .sql(
                "select action || ' ' || subject || ' ' || details as entry from messaging.audit_entries where business_id = ? order by id")
            .param(business.id())
            .query(String.class)
            .list();
    assertThat(entries)
        .containsExactly(
            "acknowledgeMessage " + id + " {}",
            "changeMessage " + id + " {\"fields\": [\"priority\"]}");
  }

  private JsonNode moved(String move) {
    var answer = agent.call("POST", path(move), null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    var lead = service.json(answer.body());
    assertThat(answer.headers().firstValue("ETag")).contains("\"" + lead.get("revision") + "\"");
    return lead;
  }

  private JsonNode shown() {
    return key.ask(200, "GET", path(""), null);
  }

  private JsonNode assigned(int status, UUID member) {
    var body = new HashMap<String, Object>();
    body.put("memberId", member);
    return key.ask(status, "PUT", path("assignee"), body);
  }

  private JsonNode patched(int status, String ifMatch, String body) {
    var headers = ifMatch == null ? new String[0] : new String[] {"If-Match", ifMatch};
    var answer = agent.call("PATCH", path(""), service.json(body), headers);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return service.json(answer.body());
  }

  private static Instant due(JsonNode lead) {
    return Instant.parse(lead.get("dueAt").asText());
  }

  private String path(String what) {
    return "/api/messages/" + id + (what.isEmpty() ? "" : "/" + what);
  }

  /** What happened to a lead; that the business has no channels is no part of it. */
  private static List<String> types(JsonNode lead) {
    return lead.get("timeline").findValuesAsText("type").stream()
        .filter(type -> !type.equals("message.unreached"))
        .toList();
  }

  private static JsonNode event(JsonNode lead, String type) {
    for (var event : lead.get("timeline")) {
      if (event.get("type").asText().equals(type)) {
        return event.get("data");
      }
    }
    throw new AssertionError("No " + type + " in " + lead);
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private interface Deed {
    HttpResponse<String> by(PersonCaller person);
  }

  private static Map<PersonCaller, HttpResponse<String>> together(
      List<PersonCaller> crowd, Deed deed) throws Exception {
    var threads = Executors.newFixedThreadPool(crowd.size());
    try {
      var calls =
          crowd.stream()
              .map(
                  each ->
                      (Callable<Map.Entry<PersonCaller, HttpResponse<String>>>)
                          () -> Map.entry(each, deed.by(each)))
              .toList();
      var answers = new HashMap<PersonCaller, HttpResponse<String>>();
      for (var call : threads.invokeAll(calls)) {
        answers.put(call.get().getKey(), call.get().getValue());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }
}
