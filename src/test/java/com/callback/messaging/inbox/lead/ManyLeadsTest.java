package com.callback.messaging.inbox.lead;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Many leads that are changed at once. */
@ServiceTest
class ManyLeadsTest {

  private static final String BULK = "/api/messages/bulk";

  @Autowired Service service;
  @Autowired PersonCaller.Crowd people;

  private Business business;
  private ApiCaller key;

  @BeforeEach
  void a_business() {
    business = service.businessWithoutChannels();
    key = new ApiCaller(service, service.key(business, "messages:read", "messages:write"));
  }

  @Test
  void what_can_be_done_is_done_and_what_cannot_is_listed_with_its_reason() {
    var unread = leads(2);
    var taken = people.member(business, "agent");
    var byOther = leads(1).get(0);
    taken.ask(200, "POST", "/api/messages/" + byOther + "/acknowledge", null);
    var byUs = leads(1).get(0);
    key.ask(200, "POST", "/api/messages/" + byUs + "/acknowledge", null);
    var archived = leads(1).get(0);
    key.ask(200, "POST", "/api/messages/" + archived + "/archive", null);
    var held = leads(1).get(0);
    change("quarantined_at = now()", held);
    var unknown = UUID.randomUUID();
    var ofOthers = lead(service.businessWithoutChannels());

    var ids = new ArrayList<>(unread);
    ids.addAll(List.of(byOther, byUs, archived, held, unknown, ofOthers, unread.get(0)));
    var answer = key.ask(200, "POST", BULK, Map.of("action", "acknowledge", "ids", ids));

    assertThat(answer.get("done").asInt()).isEqualTo(2);
    assertThat(answer.get("unchanged").asInt()).isEqualTo(1);
    var reasons = new HashMap<String, String>();
    answer
        .get("failed")
        .forEach(failed -> reasons.put(failed.get("id").asText(), failed.get("reason").asText()));
    assertThat(reasons)
        .isEqualTo(
            Map.of(
                byOther.toString(), "already-acknowledged",
                archived.toString(), "message-archived",
                held.toString(), "message-held",
                unknown.toString(), "not-found",
                ofOthers.toString(), "not-found"));
    assertThat(answer.toString()).contains(taken.email());
    for (var id : unread) {
      assertThat(events(id)).containsExactly("message.acknowledged");
    }
    assertThat(
            service
                .database()
                .sql(
                    "select details::text from messaging.audit_entries where action = 'changeMessages' and business_id = ?")
                .param(business.id())
                .query(String.class)
                .single())
        .contains("\"done\": 2", "\"failed\": 5");
  }

  @Test
  void all_that_a_filter_finds_are_changed_if_they_are_as_many_as_was_said() {
    var ids = leads(5);
    change("message = 'solar battery'", ids.get(0));
    change("message = 'a Battery'", ids.get(1));
    var filter = Map.of("q", "battery", "status", List.of("unread", "read"));
    assertThat(
            key.ask(200, "GET", "/api/messages/count?q=battery&status=unread,read", null)
                .get("count")
                .asInt())
        .isEqualTo(2);

    var refused = filtered(409, "archive", filter, 3);
    assertThat(refused.get("type").asText()).endsWith(":count-changed");
    assertThat(refused.at("/errors/0/detail").asText()).contains(" 2 ");
    assertThat(filtered(200, "archive", filter, 2).get("done").asInt()).isEqualTo(2);
    assertThat(filtered(200, "archive", filter, 0).get("done").asInt()).isZero();
    assertThat(filtered(200, "archive", Map.of(), 5).get("unchanged").asInt()).isEqualTo(2);
    assertThat(
            filtered(200, "unarchive", Map.of("status", List.of("archived")), 5)
                .get("done")
                .asInt())
        .isEqualTo(5);
    assertThat(filtered(200, "read", Map.of("quarantined", false), 5).get("done").asInt())
        .isEqualTo(5);
    for (var id : ids) {
      assertThat(events(id))
          .containsExactly("message.archived", "message.unarchived", "message.read");
    }
  }

  @Test
  void ten_thousand_change_in_one_commit_and_more_are_too_many() {
    seed(10_000);
    var done = filtered(200, "acknowledge", Map.of(), 10_000);
    assertThat(done.get("done").asInt()).isEqualTo(10_000);
    assertThat(
            service
                .database()
                .sql(
                    "select count(*) = 10000 and count(distinct message_id) = 10000 and count(distinct tx) = 1 from messaging.message_events where business_id = ? and type = 'message.acknowledged'")
                .param(business.id())
                .query(Boolean.class)
                .single())
        .isTrue();
    var undone = "/api/messages/bulk/" + done.get("undoId").asText() + "/undo";
    assertThat(key.ask(200, "POST", undone, null).get("done").asInt()).isEqualTo(10_000);
    assertThat(key.ask(200, "GET", "/api/messages/count?status=unread", null).get("count").asInt())
        .isEqualTo(10_000);
    var again = new ApiCaller(service, people.member(business, "agent").session());
    seed(1);
    var refused = filtered(422, "archive", Map.of(), 10_001);
    assertThat(refused.get("type").asText()).endsWith(":too-many-messages");
  }

  @Test
  void tags_come_and_go_and_never_more_than_a_lead_may_have() {
    var ids = leads(2);
    var twenty = IntStream.range(0, 20).mapToObj(each -> "t" + each).toList();
    key.ask(200, "PUT", "/api/messages/" + ids.get(0) + "/tags", Map.of("tags", twenty));
    var tagged =
        key.ask(
            200, "POST", BULK, Map.of("action", "tag", "ids", ids, "tags", List.of("Roof", "t1")));
    assertThat(tagged.get("done").asInt()).isEqualTo(1);
    assertThat(tagged.at("/failed/0/reason").asText()).isEqualTo("too-many-tags");
    assertThat(key.ask(200, "GET", "/api/messages?tag=roof", null).findValuesAsText("id"))
        .containsExactly(ids.get(1).toString());
    assertThat(
            key.ask(200, "POST", BULK, Map.of("action", "untag", "ids", ids, "tags", List.of("T1")))
                .get("done")
                .asInt())
        .isEqualTo(2);
    assertThat(events(ids.get(1))).containsExactly("message.tagged", "message.tagged");
  }

  @Test
  void leads_that_a_member_acknowledges_together_are_assigned_to_them_unless_somebody_has_them() {
    var agent = people.member(business, "agent");
    var colleague = people.member(business, "agent");
    var named = leads(2);
    given(200, List.of(named.get(0)), colleague.id());
    var acknowledge = new HashMap<String, Object>(Map.of("action", "acknowledge", "ids", named));
    agent.ask(200, "POST", BULK, acknowledge);
    var found = leads(2);
    acknowledge.remove("ids");
    acknowledge.put("filter", Map.of("status", List.of("unread")));
    acknowledge.put("expectedCount", 2);
    agent.ask(200, "POST", BULK, acknowledge);

    assertThat(of(colleague)).containsExactly(named.get(0).toString());
    assertThat(of(agent))
        .containsExactlyInAnyOrder(
            named.get(1).toString(), found.get(0).toString(), found.get(1).toString());
  }

  @Test
  void many_are_given_to_a_member_or_to_nobody() {
    var ids = leads(3);
    var agent = people.member(business, "agent");
    assertThat(given(200, ids, agent.id()).get("done").asInt()).isEqualTo(3);
    assertThat(agent.ask(200, "GET", "/api/messages?assignee=me", null).get("items")).hasSize(3);
    var problem = given(422, ids, UUID.randomUUID());
    assertThat(problem.at("/errors/0/field").asText()).isEqualTo("assignee");
    assertThat(given(200, ids, null).get("done").asInt()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'action':'archive'} | ids",
        "{'action':'archive','ids':[]} | ids",
        "{'action':'archive','ids':['x']} | ids.0",
        "{'action':'archive','ids':['0199b2c4-6f3a-7c31-8f52-3d7a9be01c55'],'filter':{},'expectedCount':1} | ids",
        "{'action':'archive','filter':{}} | expectedCount",
        "{'action':'archive','ids':['0199b2c4-6f3a-7c31-8f52-3d7a9be01c55'],'expectedCount':1} | expectedCount",
        "{'action':'archive','filter':{'colour':'red'},'expectedCount':1} | filter.colour",
        "{'action':'archive','filter':{'status':['new']},'expectedCount':1} | filter.status.0",
        "{'action':'archive','filter':{'from':'2026-02-30T00:00:00Z'},'expectedCount':1} | filter.from",
        "{'action':'archive','filter':{},'expectedCount':-1} | expectedCount",
        "{'action':'respond','ids':['0199b2c4-6f3a-7c31-8f52-3d7a9be01c55']} | action",
        "{'action':'assign','ids':['0199b2c4-6f3a-7c31-8f52-3d7a9be01c55']} | assignee",
        "{'action':'tag','ids':['0199b2c4-6f3a-7c31-8f52-3d7a9be01c55']} | tags",
        "{'action':'read','ids':['0199b2c4-6f3a-7c31-8f52-3d7a9be01c55'],'tags':['x']} | tags",
      })
  void what_makes_no_sense_is_named(String body, String field) {
    var problem = key.ask(400, "POST", BULK, body.replace('\'', '"'));
    assertThat(problem.at("/errors/0/field").asText()).isEqualTo(field);
    assertThat(problem.at("/errors/0/detail").asText()).isNotBlank();
  }

  @Test
  void more_ids_than_may_be_named_are_refused() {
    assertThat(named(400, 1001).at("/errors/0/field").asText()).isEqualTo("ids");
    assertThat(named(413, 10_000).get("detail").asText()).contains("65536");
    assertThat(named(200, 1000).get("failed")).hasSize(1000);
  }

  private JsonNode named(int status, int many) {
    var ids = IntStream.range(0, many).mapToObj(each -> UUID.randomUUID()).toList();
    return key.ask(status, "POST", BULK, Map.of("action", "read", "ids", ids));
  }

  private JsonNode filtered(int status, String action, Map<String, ?> filter, int expected) {
    return key.ask(
        status,
        "POST",
        BULK,
        Map.of("action", action, "filter", filter, "expectedCount", expected));
  }

  private JsonNode given(int status, List<UUID> ids, UUID member) {
    var body = new HashMap<String, Object>(Map.of("action", "assign", "ids", ids));
    body.put("assignee", member);
    return key.ask(status, "POST", BULK, body);
  }

  private static List<String> of(PersonCaller member) {
    return member.ask(200, "GET", "/api/messages?assignee=me", null).findValuesAsText("id");
  }

  private List<UUID> leads(int many) {
    return IntStream.range(0, many).mapToObj(each -> lead(business)).toList();
  }

  private UUID lead(Business of) {
    return service.lead(
        of, Map.of("contactName", "Ada", "contactEmail", UUID.randomUUID() + "@example.com"));
  }

  private void seed(int many) {
    service
        .database()
        .sql(
            """
            insert into public.messages (id, funnel_id, business_id, type, contact_name, contact_email, message, due_at, created_at, updated_at)
            select gen_random_uuid(), :funnel, :business, 'callback_request', 'Lead ' || n, 'lead-' || n || '@example.com',
              'Please call about the roof, number ' || n, now(), now(), now()
            from generate_series(1, :many) n
            """)
        .param("funnel", business.funnel())
        .param("business", business.id())
        .param("many", many)
        .update();
  }

  private void change(String what, UUID id) {
    service
        .database()
        .sql("update public.messages set " + what + " where id = ?")
        .param(id)
        .update();
  }

  private List<String> events(UUID id) {
    return service
        .database()
        .sql(
            "select type from messaging.message_events where message_id = ? and type not in ('message.created', 'message.unreached') order by id")
        .param(id)
        .query(String.class)
        .list();
  }
}
