package com.callback.messaging.inbox.lead;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Notes beside leads, and the words that leads are sorted by. */
@ServiceTest
class NotesTest {

  @Autowired Service service;
  @Autowired PersonCaller.Crowd people;

  private Business business;
  private ApiCaller key;
  private PersonCaller agent;
  private UUID id;

  @BeforeEach
  void a_business_with_a_lead() {
    business = service.business();
    key = new ApiCaller(service, service.key(business, "messages:read", "messages:write"));
    agent = people.member(business, "agent");
    id = lead();
  }

  @Test
  void a_note_stays_with_those_who_answer_leads() {
    var note = note("Has two meters, \"and\" a dog 🐕");
    assertThat(note.get("author").asText()).isEqualTo(agent.email());
    assertThat(note.get("authorId").asText()).isEqualTo(agent.id().toString());

    assertThat(key.ask(200, "GET", path(), null).get("items")).containsExactly(note);
    var lead = key.ask(200, "GET", "/api/messages/" + id, null);
    assertThat(lead.toString()).contains("message.noted").doesNotContain("two meters");
    assertThat(lead.get("revision").asInt()).isEqualTo(1);
    assertThat(service.caught(business).toString()).doesNotContain("two meters");
  }

  @Test
  void notes_are_paged_the_newest_first() {
    for (var each = 1; each <= 5; each++) {
      note("Note " + each);
    }
    var first = key.ask(200, "GET", path() + "?limit=3", null);
    var second =
        key.ask(200, "GET", path() + "?limit=3&cursor=" + first.get("next").asText(), null);
    var texts = first.get("items").findValuesAsText("text");
    texts.addAll(second.get("items").findValuesAsText("text"));
    assertThat(texts).containsExactlyInAnyOrder("Note 1", "Note 2", "Note 3", "Note 4", "Note 5");
    assertThat(second.get("next").isNull()).isTrue();
  }

  @Test
  void one_deletes_ones_own_and_an_owner_deletes_any() {
    var own = path() + "/" + note("Mine").get("id").asText();
    var other = people.member(business, "agent");
    assertThat(other.ask(403, "DELETE", own, null).get("type").asText())
        .endsWith(":note-of-others");
    assertThat(key.ask(403, "DELETE", own, null).get("type").asText()).endsWith(":note-of-others");
    agent.ask(204, "DELETE", own, null);
    agent.ask(404, "DELETE", own, null);

    var byKey = key.ask(201, "POST", path(), Map.of("text", "By a machine")).get("id").asText();
    key.ask(204, "DELETE", path() + "/" + byKey, null);
    people
        .member(business, "owner")
        .ask(204, "DELETE", path() + "/" + note("Theirs").get("id").asText(), null);
    assertThat(key.ask(200, "GET", path(), null).get("items")).isEmpty();
  }

  @Test
  void a_note_is_found_beside_its_lead_only() {
    var note = note("Here").get("id").asText();
    agent.ask(404, "DELETE", "/api/messages/" + lead() + "/notes/" + note, null);
    var stranger = people.member(service.businessWithoutChannels(), "owner");
    stranger.ask(404, "GET", path(), null);
    stranger.ask(404, "POST", path(), Map.of("text", "x"));
    stranger.ask(404, "DELETE", path() + "/" + note, null);
    people.member(business, "viewer").ask(200, "GET", path(), null);
    people.member(business, "viewer").ask(403, "POST", path(), Map.of("text", "x"));
  }

  @Test
  void a_request_that_comes_again_notes_nothing_more() {
    var once = agent.call("POST", path(), Map.of("text", "Once"), "Idempotency-Key", "k1");
    var again = agent.call("POST", path(), Map.of("text", "Once"), "Idempotency-Key", "k1");
    assertThat(again.body()).isEqualTo(once.body());
    assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(key.ask(200, "GET", path(), null).get("items")).hasSize(1);
  }

  @Test
  void beside_a_held_lead_nothing_is_noted() {
    service
        .database()
        .sql("update public.messages set quarantined_at = now() where id = ?")
        .param(id)
        .update();
    assertThat(key.ask(409, "POST", path(), Map.of("text", "x")).get("type").asText())
        .endsWith(":message-held");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "4001"})
  void what_is_no_note_is_refused(String text) {
    var body = Map.of("text", text.equals("4001") ? "x".repeat(4001) : text);
    assertThat(key.ask(400, "POST", path(), body).at("/errors/0/field").asText()).isEqualTo("text");
  }

  @Test
  void the_audit_trail_does_not_hold_what_was_noted() {
    var note = note("Secret").get("id").asText();
    agent.ask(204, "DELETE", path() + "/" + note, null);
    assertThat(
            service
                .database()
                .sql(
                    "select action || ' ' || details from messaging.audit_entries where business_id = ? order by id")
                .param(business.id())
                .query(String.class)
                .list())
        .containsExactly("addNote {\"fields\": [\"text\"]}", "deleteNote {}");
  }

  @Test
  void tags_say_how_many_waiting_leads_bear_them() {
    var other = lead();
    tag(id, "Roof", "battery");
    tag(other, "roof");
    key.ask(200, "POST", "/api/messages/" + other + "/acknowledge", null);

    assertThat(key.ask(200, "GET", "/api/tags", null))
        .isEqualTo(
            service.json(
                "[{\"name\":\"battery\",\"waiting\":1},{\"name\":\"roof\",\"waiting\":1}]"));
    var stranger = service.key(service.businessWithoutChannels(), "messages:read");
    assertThat(new ApiCaller(service, stranger).ask(200, "GET", "/api/tags", null)).isEmpty();
  }

  private void tag(UUID lead, String... tags) {
    key.ask(200, "PUT", "/api/messages/" + lead + "/tags", Map.of("tags", List.of(tags)));
  }

  private JsonNode note(String text) {
    return agent.ask(201, "POST", path(), Map.of("text", text));
  }

  private UUID lead() {
    return service.lead(
        business,
        Map.of("contactName", "Ada", "contactEmail", "ada-" + UUID.randomUUID() + "@example.com"));
  }

  private String path() {
    return "/api/messages/" + id + "/notes";
  }
}
