package com.callback.messaging.inbox.lead;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody has done to leads can be undone, as long as nobody has changed them since. */
@ServiceTest
class UndoneChangesTest extends OneLead {

  private static final List<String> UNCHANGED =
      List.of(
          "status",
          "priority",
          "tags",
          "assignedTo",
          "readAt",
          "acknowledgedAt",
          "acknowledgedBy",
          "respondedAt",
          "archivedAt",
          "callOutcome",
          "callAgainAt",
          "dueAt");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | acknowledge  |",
        "POST | respond      |",
        "POST | archive      |",
        "POST | call-outcome | {'outcome':'no_answer'}",
        "POST | call-outcome | {'outcome':'not_interested'}",
        "PUT  | tags         | {'tags':['roof']}",
        "PUT  | reminder     | {'inMinutes':90}",
      })
  void a_change_that_is_undone_leaves_the_lead_as_it_was(String method, String what, String body) {
    agent.ask(200, "POST", path("read"), null);
    var before = agent.ask(200, "GET", path(""), null);
    agent.ask(200, method, path(what), body == null ? null : service.json(body.replace('\'', '"')));

    assertThat(undo(200, agent).get("done").asInt()).isEqualTo(1);

    var after = agent.ask(200, "GET", path(""), null);
    for (var field : UNCHANGED) {
      assertThat(after.get(field)).as(field).isEqualTo(before.get(field));
    }
    assertThat(types(after)).containsAnyOf("message.undone", "message.unarchived");
    undo(404, agent);
  }

  @Test
  void several_changes_are_undone_one_after_the_other_the_last_one_first() {
    agent.ask(200, "PUT", path("tags"), Map.of("tags", List.of("roof")));
    agent.ask(200, "POST", path("acknowledge"), null);
    agent.ask(200, "POST", path("archive"), null);

    undo(200, agent);
    assertThat(status()).isEqualTo("acknowledged");
    undo(200, agent);
    assertThat(status()).isEqualTo("unread");
    assertThat(undo(200, agent).get("done").asInt()).isEqualTo(1);
    assertThat(agent.ask(200, "GET", path(""), null).get("tags")).isEmpty();
    undo(404, agent);
  }

  @Test
  void a_change_that_is_named_by_its_revision_is_undone_only_after_those_that_followed() {
    var acknowledged = agent.ask(200, "POST", path("acknowledge"), null).get("revision").asInt();
    var archived = agent.ask(200, "POST", path("archive"), null).get("revision").asInt();

    assertThat(undo(200, agent, acknowledged).at("/failed/0/reason").asText())
        .isEqualTo("changed-since");
    assertThat(status()).isEqualTo("archived");
    assertThat(undo(200, agent, archived).get("done").asInt()).isEqualTo(1);
    assertThat(status()).isEqualTo("acknowledged");
  }

  @Test
  void a_lead_that_somebody_has_changed_since_stays_as_it_is_and_says_who_did() {
    var colleague = people.member(business, "agent");
    agent.ask(200, "POST", path("acknowledge"), null);
    colleague.ask(200, "POST", path("respond"), null);

    var answer = undo(200, agent);

    assertThat(answer.get("done").asInt()).isZero();
    assertThat(answer.at("/failed/0/reason").asText()).isEqualTo("changed-since");
    assertThat(answer.at("/failed/0/detail").asText()).startsWith(colleague.email());
    assertThat(status()).isEqualTo("responded");
  }

  @Test
  void a_change_is_undone_by_who_made_it_for_ten_minutes() {
    agent.ask(200, "POST", path("archive"), null);
    undo(404, people.member(business, "agent"));
    people.member(business, "viewer").ask(403, "POST", path("undo"), null);
    clock.advance(Duration.ofMinutes(10));
    undo(404, agent);
    assertThat(status()).isEqualTo("archived");
  }

  @Test
  void a_bulk_change_is_undone_except_for_what_others_have_changed_meanwhile() {
    var ids =
        Stream.concat(Stream.of(id), IntStream.range(0, 2).mapToObj(each -> another())).toList();
    agent.ask(200, "POST", "/api/messages/" + ids.get(1) + "/acknowledge", null);
    var undoId = archived(3);
    var colleague = people.member(business, "agent");
    colleague.ask(200, "POST", "/api/messages/" + ids.get(2) + "/unarchive", null);

    var answer = undoBulk(200, agent, undoId);

    assertThat(answer.get("done").asInt()).isEqualTo(2);
    assertThat(answer.get("failed")).hasSize(1);
    assertThat(answer.at("/failed/0/id").asText()).isEqualTo(ids.get(2).toString());
    assertThat(statusOf(ids.get(0))).isEqualTo("unread");
    assertThat(statusOf(ids.get(1))).as("each is what it was").isEqualTo("acknowledged");
    undoBulk(404, agent, undoId);
  }

  @Test
  void an_undo_and_changes_by_others_at_the_same_moment_never_overwrite_each_other() {
    var ids =
        Stream.concat(Stream.of(id), IntStream.range(0, 19).mapToObj(each -> another())).toList();
    var undoId = archived(20);
    var colleague = people.member(business, "agent");

    var attempts =
        Stream.generate(
                () -> CompletableFuture.supplyAsync(() -> agent.call("POST", bulk(undoId), null)))
            .limit(2)
            .toList();
    ids.forEach(
        each ->
            colleague.ask(
                200, "PUT", "/api/messages/" + each + "/tags", Map.of("tags", List.of("mine"))));

    var answers = attempts.stream().map(CompletableFuture::join).toList();
    assertThat(answers).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(200, 404);
    var answer =
        answers.stream()
            .filter(each -> each.statusCode() == 200)
            .map(each -> service.json(each.body()))
            .findFirst()
            .orElseThrow();
    var restored = ids.stream().filter(each -> statusOf(each).equals("unread")).count();
    assertThat(answer.get("done").asLong()).isEqualTo(restored);
    assertThat(answer.get("failed")).hasSize(20 - (int) restored);
    assertThat(agent.ask(200, "GET", "/api/messages/count?tag=mine", null).get("count").asInt())
        .isEqualTo(20);
  }

  private String archived(int expected) {
    return agent
        .ask(
            200,
            "POST",
            "/api/messages/bulk",
            Map.of("action", "archive", "filter", Map.of(), "expectedCount", expected))
        .get("undoId")
        .asText();
  }

  private UUID another() {
    return service.lead(
        business, Map.of("contactName", "Bob", "contactEmail", UUID.randomUUID() + "@example.com"));
  }

  private JsonNode undo(int status, PersonCaller caller) {
    return caller.ask(status, "POST", path("undo"), null);
  }

  private JsonNode undo(int status, PersonCaller caller, int revision) {
    return caller.ask(status, "POST", path("undo") + "?revision=" + revision, null);
  }

  private static JsonNode undoBulk(int status, PersonCaller caller, String undoId) {
    return caller.ask(status, "POST", bulk(undoId), null);
  }

  private static String bulk(String undoId) {
    return "/api/messages/bulk/" + undoId + "/undo";
  }

  private String status() {
    return statusOf(id);
  }

  private String statusOf(Object lead) {
    return agent.ask(200, "GET", "/api/messages/" + lead, null).get("status").asText();
  }
}
