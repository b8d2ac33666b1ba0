package com.callback.messaging.inbox.lead;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do to a lead, one or many of them at once. */
@ServiceTest
class LifeOfALeadTest extends OneLead {

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

  private static JsonNode event(JsonNode lead, String type) {
    for (var event : lead.get("timeline")) {
      if (event.get("type").asText().equals(type)) {
        return event.get("data");
      }
    }
    throw new AssertionError("No " + type + " in " + lead);
  }
}
