package com.callback.messaging.people.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Owners say who belongs to a business; there is always one. */
@ServiceTest
class MembersTest {

  private static final Pattern SIGN_IN = Pattern.compile("/sign-in/[0-9a-f-]{36}\\.[\\w-]{43}");
  private static final Pattern PATH = Pattern.compile("/invitation/[0-9a-f-]{36}\\.[\\w-]{43}");

  @Autowired Service service;
  @Autowired PersonCaller.Crowd crowd;
  @Autowired MovableClock clock;

  Service.Business business;

  @BeforeEach
  void a_business() {
    business = service.businessWithoutChannels();
  }

  @Test
  void the_owner_by_id_is_listed_although_no_row_says_so() {
    var agent = crowd.member(business, "agent");
    var members =
        new ApiCaller(service, service.key(business, "members:read"))
            .ask(200, "GET", "/api/members", null);
    assertThat(members.findValuesAsText("id"))
        .containsExactly(business.id().toString(), agent.id().toString());
    assertThat(members.findValuesAsText("role")).containsExactly("owner", "agent");
  }

  @Test
  void a_new_role_holds_from_the_next_request_on() {
    var owner = crowd.member(business, "owner");
    var viewer = crowd.member(business, "viewer");
    viewer.ask(403, "PATCH", "/api/members/" + owner.id(), Map.of("role", "viewer"));
    var changed = owner.ask(200, "PATCH", "/api/members/" + viewer.id(), Map.of("role", "owner"));
    assertThat(changed.path("role").asText()).isEqualTo("owner");
    viewer.ask(200, "PATCH", "/api/members/" + owner.id(), Map.of("role", "viewer"));
    owner.ask(403, "PATCH", "/api/members/" + viewer.id(), Map.of("role", "viewer"));
  }

  @Test
  void open_leads_of_a_removed_member_are_nobodys_and_closed_ones_stay_theirs() {
    var owner = crowd.member(business, "owner");
    var agent = crowd.member(business, "agent");
    var open = given(agent);
    var closed = given(agent);
    owner.ask(200, "POST", "/api/messages/" + closed + "/respond", null);

    owner.ask(204, "DELETE", "/api/members/" + agent.id(), null);

    var lead = owner.ask(200, "GET", "/api/messages/" + open, null);
    assertThat(lead.get("assignedTo").isNull()).isTrue();
    var said = lead.get("timeline").get(lead.get("timeline").size() - 1);
    assertThat(said.get("type").asText()).isEqualTo("message.assigned");
    assertThat(said.at("/data/from").asText()).isEqualTo(agent.id().toString());
    assertThat(said.at("/data/reason").asText()).isEqualTo("member-removed");
    assertThat(said.at("/data/byId").asText()).isEqualTo(owner.id().toString());
    assertThat(
            owner
                .ask(200, "GET", "/api/messages?assignee=nobody", null)
                .get("items")
                .findValuesAsText("id"))
        .containsExactly(open);
    assertThat(owner.ask(200, "GET", "/api/messages/" + closed, null).get("assignedTo").asText())
        .isEqualTo(agent.id().toString());
  }

  @Test
  void a_member_who_becomes_a_viewer_hands_their_leads_back() {
    var owner = crowd.member(business, "owner");
    var agent = crowd.member(business, "agent");
    var lead = given(agent);
    owner.ask(200, "PATCH", "/api/members/" + agent.id(), Map.of("role", "owner"));
    assertThat(owner.ask(200, "GET", "/api/messages/" + lead, null).get("assignedTo").asText())
        .isEqualTo(agent.id().toString());
    owner.ask(200, "PATCH", "/api/members/" + agent.id(), Map.of("role", "viewer"));
    assertThat(owner.ask(200, "GET", "/api/messages/" + lead, null).get("assignedTo").isNull())
        .isTrue();
  }

  private String given(PersonCaller agent) {
    clock.advance(Duration.ofSeconds(1));
    var lead =
        service
            .lead(
                business,
                Map.of("contactName", "Ada " + clock.instant(), "contactPhone", "+61 491 570 006"))
            .toString();
    agent.ask(200, "PUT", "/api/messages/" + lead + "/assignee", Map.of("memberId", agent.id()));
    return lead;
  }

  @Test
  void the_last_owner_can_neither_go_nor_become_less() {
    var owner = crowd.member(business, "owner");
    crowd.member(business, "agent");
    owner.ask(409, "DELETE", "/api/members/" + owner.id(), null);
    owner.ask(409, "PATCH", "/api/members/" + owner.id(), Map.of("role", "agent"));
    owner.ask(200, "PATCH", "/api/members/" + owner.id(), Map.of("role", "owner"));
    crowd.member(business, "owner");
    owner.ask(204, "DELETE", "/api/members/" + owner.id(), null);
  }

  @Test
  void two_owners_who_remove_each_other_at_once_leave_one() throws Exception {
    for (var round = 0; round < 5; round++) {
      var contested = service.businessWithoutChannels();
      var one = crowd.member(contested, "owner");
      var other = crowd.member(contested, "owner");
      var pool = Executors.newFixedThreadPool(2);
      try {
        var answers =
            pool.invokeAll(
                List.<Callable<HttpResponse<String>>>of(
                    () -> one.call("DELETE", "/api/members/" + other.id(), null),
                    () -> other.call("DELETE", "/api/members/" + one.id(), null)));
        for (var answer : answers) {
          assertThat(answer.get().statusCode()).as(answer.get().body()).isLessThan(500);
        }
      } finally {
        pool.shutdown();
      }
      assertThat(
              service
                  .database()
                  .sql("select count(*) from messaging.business_members where business_id = ?")
                  .param(contested.id())
                  .query(Long.class)
                  .single())
          .isEqualTo(1);
    }
  }

  @Test
  void the_owner_by_id_stays_and_may_remove_any_other() {
    var owner = crowd.ownerById(business);
    var other = crowd.member(business, "owner");
    other.ask(409, "DELETE", "/api/members/" + owner.id(), null);
    owner.ask(204, "DELETE", "/api/members/" + other.id(), null);
    owner.ask(404, "DELETE", "/api/members/" + other.id(), null);
  }

  @Test
  void members_of_others_are_not_there() {
    var theirs = crowd.member(service.businessWithoutChannels(), "agent");
    var owner = crowd.ownerById(business);
    owner.ask(404, "DELETE", "/api/members/" + theirs.id(), null);
    owner.ask(404, "PATCH", "/api/members/" + theirs.id(), Map.of("role", "owner"));
  }

  @Test
  void whoever_is_invited_joins_with_one_press_and_is_signed_in() {
    var owner = crowd.ownerById(business);
    var email = "new-" + business.id() + "@example.com";
    owner.ask(201, "POST", "/api/invitations", Map.of("email", email, "role", "agent"));
    var link = link(email);
    assertThat(service.get(link).body()).contains("Test business", email, "an <strong>agent");
    assertThat(owner.ask(200, "GET", "/api/members", null)).hasSize(1);

    var answer = press(link);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/inbox");
    var cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
    var who =
        service.send(
            HttpRequest.newBuilder(service.at("/api/session")).header("Cookie", cookie).GET());
    assertThat(service.json(who.body()).at("/businesses/0/role").asText()).isEqualTo("agent");
    assertThat(owner.ask(200, "GET", "/api/members", null)).hasSize(2);
    assertThat(owner.ask(200, "GET", "/api/invitations", null)).isEmpty();
    assertThat(press(link).statusCode()).isEqualTo(404);
    var noted =
        new ApiCaller(service, service.key(business, "audit:read"))
            .ask(200, "GET", "/api/audit", null);
    assertThat(noted.path("items").findValuesAsText("action"))
        .contains("createInvitation", "acceptInvitation");
    owner.ask(409, "POST", "/api/invitations", Map.of("email", email, "role", "viewer"));
  }

  @Test
  void an_invitation_signs_in_nobody_who_has_an_account_but_mails_them_a_link_that_accepts_it() {
    var owner = crowd.ownerById(business);
    var person = crowd.member(service.businessWithoutChannels(), "owner");
    owner.ask(201, "POST", "/api/invitations", Map.of("email", person.email(), "role", "agent"));
    var link = link(person.email());

    var answer = press(link);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("Check your e-mail", person.email());
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(owner.ask(200, "GET", "/api/members", null)).hasSize(1);
    press(link);

    await().until(() -> signInLinks(person.email()).size() == 1);
    var signedIn = press(signInLinks(person.email()).get(0));
    assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(303);
    assertThat(owner.ask(200, "GET", "/api/members", null)).hasSize(2);
    assertThat(press(link).statusCode()).isEqualTo(404);
    clock.advance(Duration.ofMinutes(2));
    assertThat(signInLinks(person.email())).hasSize(1);
  }

  @Test
  void a_browser_that_is_signed_in_as_the_invited_person_accepts_with_one_press() {
    var owner = crowd.ownerById(business);
    var person = crowd.member(service.businessWithoutChannels(), "owner");
    owner.ask(201, "POST", "/api/invitations", Map.of("email", person.email(), "role", "agent"));
    assertThat(person.call("POST", link(person.email()), null).statusCode()).isEqualTo(303);
    assertThat(owner.ask(200, "GET", "/api/members", null)).hasSize(2);
  }

  @Test
  void a_second_press_of_the_same_browser_within_a_minute_is_let_in_as_well() {
    var owner = crowd.ownerById(business);
    var email = "twice-" + business.id() + "@example.com";
    owner.ask(201, "POST", "/api/invitations", Map.of("email", email, "role", "agent"));
    var link = link(email);
    var browser =
        service.get(link).headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
    for (int time = 0; time < 2; time++) {
      var answer =
          service.send(
              HttpRequest.newBuilder(service.at(link))
                  .header("Cookie", browser)
                  .POST(HttpRequest.BodyPublishers.noBody()));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    }
    assertThat(press(link).statusCode()).isEqualTo(404);
    assertThat(owner.ask(200, "GET", "/api/members", null)).hasSize(2);
  }

  @Test
  void a_person_who_is_signed_in_accepts_by_the_api() {
    var owner = crowd.ownerById(business);
    var person = crowd.somebody();
    owner.ask(201, "POST", "/api/invitations", Map.of("email", person.email(), "role", "viewer"));
    var token = link(person.email()).replace("/invitation/", "");
    person.ask(404, "POST", "/api/invitations/accept", Map.of("token", token + "x"));
    var accepted = person.ask(200, "POST", "/api/invitations/accept", Map.of("token", token));
    assertThat(accepted.path("businessId").asText()).isEqualTo(business.id().toString());
    person.ask(200, "GET", "/api/messages", null);
    person.ask(404, "POST", "/api/invitations/accept", Map.of("token", token));
  }

  @Test
  void an_invitation_that_is_taken_back_replaced_or_old_opens_nothing() {
    var owner = crowd.ownerById(business);
    var email = "late-" + business.id() + "@example.com";
    owner.ask(201, "POST", "/api/invitations", Map.of("email", email, "role", "viewer"));
    var replaced = link(email);
    var second =
        owner.ask(201, "POST", "/api/invitations", Map.of("email", email, "role", "agent"));
    assertThat(press(replaced).statusCode()).isEqualTo(404);
    var id = second.path("id").asText();
    owner.ask(204, "DELETE", "/api/invitations/" + id, null);
    owner.ask(404, "DELETE", "/api/invitations/" + id, null);
    owner.ask(404, "DELETE", "/api/invitations/" + UUID.randomUUID(), null);

    var other = "old-" + business.id() + "@example.com";
    owner.ask(201, "POST", "/api/invitations", Map.of("email", other, "role", "viewer"));
    var old = link(other);
    clock.advance(Duration.ofDays(7).plusSeconds(1));
    assertThat(service.get(old).statusCode()).isEqualTo(404);
    assertThat(press(old).statusCode()).isEqualTo(404);
  }

  @Test
  void two_who_invite_the_same_person_at_once_invite_them_once() throws Exception {
    var owner = crowd.member(business, "owner");
    for (var round = 0; round < 5; round++) {
      var body = Map.of("email", "new-%d@example.com".formatted(round), "role", "agent");
      var pool = Executors.newFixedThreadPool(4);
      try {
        Callable<HttpResponse<String>> invite = () -> owner.call("POST", "/api/invitations", body);
        for (var answer : pool.invokeAll(Collections.nCopies(4, invite))) {
          assertThat(answer.get().statusCode()).as(answer.get().body()).isIn(201, 409);
        }
      } finally {
        pool.shutdown();
      }
      assertThat(
              service
                  .database()
                  .sql(
                      "select count(*) from messaging.invitations where business_id = ? and email = ? and accepted_at is null and withdrawn_at is null")
                  .params(business.id(), body.get("email"))
                  .query(Long.class)
                  .single())
          .isEqualTo(1);
    }
  }

  @Test
  void what_is_wrong_with_an_invitation_is_named() {
    var answer =
        crowd
            .ownerById(business)
            .ask(400, "POST", "/api/invitations", Map.of("email", "nobody", "role", "king"));
    assertThat(answer.path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("email", "role");
  }

  private HttpResponse<String> press(String link) {
    return service.send(
        HttpRequest.newBuilder(service.at(link))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.noBody()));
  }

  private String link(String email) {
    await().until(() -> !service.caught(email).isEmpty());
    var path = PATH.matcher(service.caught(email).get(0).path("body").asText());
    assertThat(path.find()).isTrue();
    return path.group();
  }

  private java.util.List<String> signInLinks(String email) {
    return service.caught(email).stream()
        .map(message -> SIGN_IN.matcher(message.path("body").asText()))
        .filter(java.util.regex.Matcher::find)
        .map(java.util.regex.Matcher::group)
        .toList();
  }
}
