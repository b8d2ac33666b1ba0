package com.callback.messaging.operation.caller;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A person sees the business that they act for, as far as their role there goes. */
@ServiceTest
class PeopleAsCallersTest {

  private static final String HOOKS = "/api/webhook-subscriptions";

  @Autowired Service service;
  @Autowired PersonCaller.Crowd crowd;
  @Autowired MovableClock clock;

  Service.Business business;
  String lead;

  @BeforeEach
  void a_business_with_a_lead() {
    business = service.businessWithoutChannels();
    lead =
        service
            .lead(business, Map.of("contactName", "Ada", "contactPhone", "0412 345 678"))
            .toString();
  }

  @Test
  void the_owner_by_id_and_every_member_see_the_leads() {
    for (var person :
        new PersonCaller[] {
          crowd.ownerById(business), crowd.member(business, "owner"),
          crowd.member(business, "agent"), crowd.member(business, "viewer")
        }) {
      assertThat(person.ask(200, "GET", "/api/messages", null).at("/items/0/id").asText())
          .isEqualTo(lead);
    }
  }

  @Test
  void what_a_role_does_not_include_is_said() {
    for (var role : new String[] {"viewer", "agent"}) {
      var answer =
          crowd
              .member(business, role)
              .call("POST", HOOKS, Map.of("url", "https://example.com/hook"));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
      assertThat(answer.body()).contains("webhooks:write", role);
    }
  }

  @Test
  void somebody_who_belongs_nowhere_sees_nothing() {
    var answer = crowd.somebody().call("GET", "/api/messages", null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
  }

  @Test
  void whoever_is_removed_is_out_with_the_next_request() {
    var agent = crowd.member(business, "agent");
    agent.ask(200, "GET", "/api/messages", null);
    crowd.ownerById(business).ask(204, "DELETE", "/api/members/" + agent.id(), null);
    agent.ask(403, "GET", "/api/messages", null);
  }

  @Test
  void of_several_businesses_one_is_named_and_one_only_is_seen() {
    var other = service.businessWithoutChannels();
    var theirs =
        service.lead(other, Map.of("contactName", "Grace", "contactPhone", "0412 345 679"));
    var person = crowd.member(business, "agent").joins(other, "viewer");

    var unclear = person.call("GET", "/api/messages", null);
    assertThat(unclear.statusCode()).isEqualTo(400);
    assertThat(unclear.body())
        .contains("X-Business-Id", business.id().toString(), other.id().toString());

    var named = person.call("GET", "/api/messages", null, "X-Business-Id", other.id().toString());
    assertThat(service.json(named.body()).path("items")).hasSize(1);
    assertThat(named.body()).contains(theirs.toString()).doesNotContain(lead);
    // The role counts that they have there, not the one that they have elsewhere.
    assertThat(
            person
                .call(
                    "POST",
                    "/api/deliveries/" + UUID.randomUUID() + "/retry",
                    null,
                    "X-Business-Id",
                    other.id().toString())
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void a_business_of_others_is_told_apart_from_none_by_nothing() {
    var person = crowd.member(business, "owner");
    var others = service.businessWithoutChannels().id().toString();
    var one = person.call("GET", "/api/messages", null, "X-Business-Id", others);
    var none =
        person.call("GET", "/api/messages", null, "X-Business-Id", UUID.randomUUID().toString());
    assertThat(one.statusCode()).isEqualTo(403);
    assertThat(none.statusCode()).isEqualTo(403);
    assertThat(one.body()).isEqualTo(none.body());
    assertThat(person.call("GET", "/api/messages", null, "X-Business-Id", "mine").statusCode())
        .isEqualTo(400);
  }

  @Test
  void two_credentials_at_once_are_none() {
    var key = service.key(business, "messages:read");
    var answer =
        crowd
            .member(business, "owner")
            .call("GET", "/api/messages", null, "Authorization", "Bearer " + key);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("more than one");
  }

  @Test
  void without_the_token_against_forgery_a_cookie_changes_nothing() {
    var owner = crowd.ownerById(business);
    var forged =
        service.send(
            HttpRequest.newBuilder(service.at("/api/members/" + UUID.randomUUID()))
                .header("Cookie", "callback_session=" + owner.session())
                .DELETE());
    assertThat(forged.statusCode()).as(forged.body()).isEqualTo(403);
    assertThat(forged.body()).contains("CSRF token");
    assertThat(
            owner
                .call("DELETE", "/api/members/" + UUID.randomUUID(), null, "X-XSRF-TOKEN", "guess")
                .statusCode())
        .isEqualTo(403);
    owner.ask(404, "DELETE", "/api/members/" + UUID.randomUUID(), null);
  }

  @Test
  void a_session_ends_unused_after_a_week_and_in_any_case_after_thirty_days() {
    var idle = crowd.member(business, "viewer");
    var busy = crowd.member(business, "viewer");
    for (var week = 0; week < 4; week++) {
      clock.advance(Duration.ofDays(6));
      busy.ask(200, "GET", "/api/messages", null);
    }
    idle.ask(401, "GET", "/api/messages", null);
    clock.advance(Duration.ofDays(6).plusHours(1));
    busy.ask(401, "GET", "/api/messages", null);
  }

  @Test
  void a_token_is_nobody_s_where_there_is_no_project() {
    var answer = service.call("GET", "/api/messages", "eyJhbGciOiJIUzI1NiJ9.e30.c2ln", null);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("no access tokens");
  }
}
