package com.callback.messaging.inbox.lead;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who a lead belongs to, its tags and its revision, as people change them. */
@ServiceTest
class ChangedLeadTest extends OneLead {

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
    assertThat(assigned(200, agent.id()).get("revision")).isEqualTo(given.get("revision"));
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
    // And what became of the notifications of the two.
    assertThat(types(released))
        .filteredOn(type -> type.startsWith("message."))
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

  private static Instant due(JsonNode lead) {
    return Instant.parse(lead.get("dueAt").asText());
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
