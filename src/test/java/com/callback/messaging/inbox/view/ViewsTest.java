package com.callback.messaging.inbox.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Everybody keeps their own views; what is shared is for those to change who answer leads. */
@ServiceTest
class ViewsTest {

  private static final String PATH = "/api/views";

  private static final Map<String, Object> MINE =
      Map.of(
          "name", "Mine", "filter", Map.of("assignee", "me", "status", List.of("unread", "read")));
  private static final Map<String, Object> SHARED =
      Map.of("name", "Storm", "filter", Map.of("tag", "storm"), "isShared", true, "position", 3);

  @Autowired Service service;
  @Autowired PersonCaller.Crowd crowd;

  Business business;
  ApiCaller agent;
  ApiCaller viewer;
  ApiCaller key;

  @BeforeEach
  void a_business_with_people() {
    business = service.businessWithoutChannels();
    agent = new ApiCaller(service, service.session(business, "agent"));
    viewer = new ApiCaller(service, service.session(business, "viewer"));
    key = new ApiCaller(service, service.key(business, "messages:read", "messages:write"));
  }

  @Test
  void no_view_that_somebody_shares_breaks_the_counts_of_the_others() {
    agent.ask(
        201,
        "POST",
        PATH,
        Map.of("name", "Odd", "filter", Map.of("q", "C:\\temp"), "isShared", true));
    assertThat(viewer.ask(200, "GET", "/api/messages/counts", null).get("views")).hasSize(1);
    agent.ask(
        400, "POST", PATH, Map.of("name", "Old", "filter", Map.of("from", "0000-01-01T00:00:00Z")));
  }

  @Test
  void a_view_is_kept_changed_and_deleted() {
    var view = agent.ask(201, "POST", PATH, MINE);
    assertThat(view.get("filter").toString())
        .isIn(
            "{\"status\":\"unread,read\",\"assignee\":\"me\"}",
            "{\"assignee\":\"me\",\"status\":\"unread,read\"}");
    assertThat(view.get("isShared").asBoolean()).isFalse();

    var place = PATH + "/" + view.get("id").asText();
    var changed = agent.ask(200, "PUT", place, SHARED);
    assertThat(changed.get("name").asText()).isEqualTo("Storm");
    assertThat(changed.get("position").asInt()).isEqualTo(3);
    assertThat(names(viewer)).containsExactly("Storm");

    agent.ask(204, "DELETE", place, null);
    assertThat(names(agent)).isEmpty();
    agent.ask(404, "DELETE", place, null);
  }

  @Test
  void counts_follow_a_view_that_is_made_changed_or_deleted_although_no_lead_has_changed() {
    service.lead(business, Map.of("contactName", "Ada", "contactPhone", "+61 491 570 006"));
    assertThat(counted()).isEmpty();
    var view = agent.ask(201, "POST", PATH, MINE);
    var place = PATH + "/" + view.get("id").asText();
    assertThat(counted().path(view.get("id").asText()).asInt(-1)).isZero();
    agent.ask(200, "PUT", place, Map.of("name", "Waiting", "filter", Map.of("status", "unread")));
    assertThat(counted().path(view.get("id").asText()).asInt(-1)).isEqualTo(1);
    agent.ask(204, "DELETE", place, null);
    assertThat(counted()).isEmpty();
  }

  private JsonNode counted() {
    return agent.ask(200, "GET", "/api/messages/counts", null).get("views");
  }

  @Test
  void what_is_one_s_own_nobody_else_sees() {
    var view = viewer.ask(201, "POST", PATH, MINE);
    assertThat(names(viewer)).containsExactly("Mine");
    assertThat(names(agent)).isEmpty();
    assertThat(names(key)).isEmpty();
    var place = PATH + "/" + view.get("id").asText();
    agent.ask(404, "PUT", place, MINE);
    agent.ask(404, "DELETE", place, null);
    viewer.ask(204, "DELETE", place, null);
  }

  @Test
  void what_is_shared_everybody_sees_and_a_viewer_cannot_change() {
    var place = PATH + "/" + agent.ask(201, "POST", PATH, SHARED).get("id").asText();
    assertThat(names(viewer)).containsExactly("Storm");
    assertThat(names(key)).containsExactly("Storm");
    viewer.ask(403, "POST", PATH, SHARED);
    viewer.ask(403, "PUT", place, MINE);
    viewer.ask(403, "DELETE", place, null);
    var own = PATH + "/" + viewer.ask(201, "POST", PATH, MINE).get("id").asText();
    viewer.ask(403, "PUT", own, SHARED);
    key.ask(403, "POST", PATH, SHARED);
    assertThat(names(agent)).containsExactly("Storm");
  }

  @Test
  void a_key_does_not_see_what_is_the_person_s_whose_id_the_business_bears() {
    var owner = crowd.ownerById(business);
    owner.ask(201, "POST", PATH, MINE);
    assertThat(owner.ask(200, "GET", PATH, null).get("views")).hasSize(1);
    assertThat(names(key)).isEmpty();
    assertThat(key.ask(200, "GET", "/api/messages/counts", null).get("views")).isEmpty();
  }

  @Test
  void what_a_view_finds_is_counted() {
    service.lead(business, Map.of("contactName", "Ada", "contactPhone", "+61 491 570 156"));
    var view =
        agent.ask(
            201,
            "POST",
            PATH,
            Map.of("name", "Ada", "filter", Map.of("q", "ada", "sort", "oldest")));
    assertThat(
            agent
                .ask(200, "GET", "/api/messages/counts", null)
                .at("/views/" + view.get("id").asText())
                .asInt())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'colour':'red'}|filter.colour",
        "{'status':'lost'}|filter.status",
        "{'status':['unread','lost']}|filter.status",
        "{'from':'2024-02-30T00:00:00Z'}|filter.from",
        "{'funnel':'1'}|filter.funnel",
        "{'overdue':false}|filter.overdue",
        "{'sort':'best'}|filter.sort",
        "{'limit':'5'}|filter.limit",
        "{'cursor':'x'}|filter.cursor",
        "{'now':'2024-01-01T00:00:00Z'}|filter.now",
        "{'q':7}|filter.q",
        "{'tag':[]}|filter.tag",
        "{'tag':{'a':'b'}}|filter.tag",
        "7|filter"
      })
  void a_filter_that_the_list_would_not_take_is_refused_by_its_name(String filter, String field) {
    var body = "{\"name\":\"X\",\"filter\":" + filter.replace('\'', '"') + "}";
    assertThat(agent.ask(400, "POST", PATH, body).at("/errors/0/field").asText()).isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'filter':{}}",
        "{'name':'','filter':{}}",
        "{'name':' ','filter':{}}",
        "{'name':'X'}",
        "{'name':'X','filter':{},'position':-1}",
        "{'name':'X','filter':{},'isShared':'yes'}",
        "{'name':'X','filter':{},'owner':1}"
      })
  void a_view_without_a_name_or_with_what_is_no_part_of_it_is_refused(String body) {
    agent.ask(400, "POST", PATH, body.replace('\'', '"'));
  }

  @Test
  void there_is_room_for_fifty_of_one_s_own_and_fifty_for_all() {
    for (var i = 0; i < 50; i++) {
      agent.ask(201, "POST", PATH, MINE);
    }
    agent.ask(409, "POST", PATH, MINE);
    var shared = agent.ask(201, "POST", PATH, SHARED);
    agent.ask(409, "PUT", PATH + "/" + shared.get("id").asText(), MINE);
    viewer.ask(201, "POST", PATH, MINE);
    assertThat(names(agent)).hasSize(51);
  }

  @Test
  void the_same_request_again_is_answered_as_before() {
    var person = crowd.member(business, "agent");
    var first = person.call("POST", PATH, MINE, "Idempotency-Key", "k");
    var again = person.call("POST", PATH, MINE, "Idempotency-Key", "k");
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(person.ask(200, "GET", PATH, null).get("views")).hasSize(1);
  }

  private static List<String> names(ApiCaller caller) {
    return caller.ask(200, "GET", PATH, null).get("views").findValuesAsText("name");
  }
}
