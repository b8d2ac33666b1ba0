package com.callback.messaging.inbox.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.delivery.action.ActionLinks;
import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The link of a notification, by which its recipient takes the lead without signing in. */
@ServiceTest
class ActionLinkTest {

  private static final Pattern LINK = Pattern.compile("/a/[\\w-]{46}(?![\\w-])");
  private static final Pattern REVISION = Pattern.compile("name=\"revision\" value=\"(\\d+)\"");

  @Autowired Service service;
  @Autowired PersonCaller.Crowd crowd;
  @Autowired ActionLinks links;
  @Autowired MovableClock clock;

  private Business business;
  private ApiCaller api;
  private UUID lead;

  @BeforeEach
  void a_lead_of_a_business() {
    business = service.business();
    api = new ApiCaller(service, service.key(business, "messages:read", "messages:write"));
    lead =
        service.lead(
            business,
            Map.of(
                "contactName", "Ada <b>Byron</b>",
                "contactPhone", "0491 570 006",
                "message", "A roof & a door"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"email", "sms"})
  void a_notification_has_a_link_that_takes_the_lead_when_pressed_and_not_when_looked_at(
      String channel) {
    var path = caught(channel);

    var page = service.get(path);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains(
            "Ada &lt;b&gt;Byron&lt;/b&gt;", "A roof &amp; a door", "href=\"tel:+61491570006\"")
        .contains("<form method=\"post\">", "Nobody has it yet", "noindex")
        .doesNotContain("<script");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'");
    service.send(HttpRequest.newBuilder(service.at(path)).method("HEAD", BodyPublishers.noBody()));
    assertThat(shown().path("status").asText()).isEqualTo("unread");

    var answer = press(path, "action=take");
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).contains(path);
    assertThat(service.get(path).body()).contains("You have it").doesNotContain("value=\"take\"");
    assertThat(shown().path("status").asText()).isEqualTo("acknowledged");
    var address = channel.equals("email") ? business.email() : business.phone();
    assertThat(eventsBy("message.acknowledged")).containsExactly("link sent to " + address);
    assertThat(audited()).containsExactly("service acknowledgeMessage link sent to " + address);
  }

  @Test
  void a_member_who_takes_a_lead_by_a_link_is_assigned_it() {
    var kim = crowd.member(business, "agent");
    press(pathOf(links.of(lead, kim.id())), "action=take");
    assertThat(shown().path("assignedTo").asText()).isEqualTo(kim.id().toString());
    assertThat(shown().path("acknowledgedBy").asText()).isEqualTo(kim.id().toString());
    assertThat(eventsBy("message.acknowledged")).containsExactly("link sent to " + kim.email());
    assertThat(audited()).containsExactly("person acknowledgeMessage link sent to " + kim.email());
  }

  @Test
  void the_second_person_learns_who_was_first_and_a_second_press_of_the_first_changes_nothing() {
    var kim = crowd.member(business, "agent");
    var robin = crowd.member(business, "agent");
    press(linkFor(kim.email()), "action=take");

    var late = press(linkFor(robin.email()), "action=take");
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body())
        .contains("Somebody else has acknowledged the lead", kim.email())
        .doesNotContain("value=\"take\"");
    assertThat(press(linkFor(kim.email()), "action=take").statusCode()).isEqualTo(303);
    assertThat(eventsBy("message.acknowledged")).hasSize(1);
    assertThat(shown().path("assignedTo").asText()).isEqualTo(kim.id().toString());
  }

  @Test
  void an_outcome_is_recorded_once_however_often_its_button_is_pressed() {
    var path = linkFor(business.email());
    var revision = REVISION.matcher(service.get(path).body());
    assertThat(revision.find()).isTrue();
    var pressed = "action=no_answer&revision=" + revision.group(1);

    assertThat(press(path, pressed).statusCode()).isEqualTo(303);
    var again = press(path, pressed);
    assertThat(again.statusCode()).isEqualTo(412);
    assertThat(again.body()).contains("changed since you opened this page", "Last call: No answer");
    assertThat(eventsBy("message.called")).hasSize(1);
    assertThat(shown().path("callOutcome").asText()).isEqualTo("no_answer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "action=", "action=archive", "action=take%00", "revision=1", "%%%"})
  void a_post_without_a_button_of_the_page_changes_nothing(String form) {
    assertThat(press(linkFor(business.email()), form).statusCode()).isEqualTo(400);
    assertThat(shown().path("status").asText()).isEqualTo("unread");
  }

  @Test
  void a_link_that_was_not_made_here_is_not_valid() {
    var path = linkFor(business.email());
    var token = path.substring(3);
    for (var other :
        List.of(
            (token.charAt(0) == 'A' ? "B" : "A") + token.substring(1),
            token.substring(0, 30) + (token.charAt(30) == 'A' ? "B" : "A") + token.substring(31),
            token.substring(0, 45),
            token + "A",
            token.substring(0, 45) + (char) (token.charAt(45) + 1),
            "x",
            "A".repeat(46))) {
      refused(404, "/a/" + other, "This link is not valid");
    }
  }

  @Test
  void an_expired_link_says_so() {
    var path = linkFor(business.email());
    clock.advance(Duration.ofDays(7).minusMinutes(1));
    assertThat(service.get(path).statusCode()).isEqualTo(200);
    clock.advance(Duration.ofHours(1).plusMinutes(1));
    refused(410, path, "This link has expired");
  }

  @Test
  void the_link_of_a_deleted_lead_says_so() {
    var path = linkFor(business.email());
    service.database().sql("delete from public.messages where id = ?").param(lead).update();
    assertThat(service.get(path).statusCode()).isEqualTo(410);
    assertThat(press(path, "action=take").body()).contains("The lead was deleted");
  }

  @Test
  void the_link_of_a_former_recipient_no_longer_works() {
    var kim = crowd.member(business, "agent");
    var path = linkFor(kim.email());
    assertThat(service.get(path).statusCode()).isEqualTo(200);
    service
        .database()
        .sql("delete from messaging.business_members where user_id = ?")
        .param(kim.id())
        .update();
    refused(410, path, "This link no longer works");
  }

  @Test
  void a_viewer_sees_the_lead_and_cannot_change_it() {
    var path = linkFor(crowd.member(business, "viewer").email());
    assertThat(service.get(path).body()).contains("Byron").doesNotContain("<button");
    assertThat(press(path, "action=take").statusCode()).isEqualTo(403);
    assertThat(shown().path("status").asText()).isEqualTo("unread");
  }

  @Test
  void a_link_of_one_business_does_not_open_a_lead_of_another() {
    var other = service.business();
    refused(410, pathOf(links.of(lead, "email", other.email())), "This link no longer works");
  }

  @Test
  void an_archived_lead_has_no_buttons() {
    api.ask(200, "POST", "/api/messages/" + lead + "/archive", null);
    var path = linkFor(business.email());
    assertThat(service.get(path).body()).contains("Archived").doesNotContain("<button");
    assertThat(press(path, "action=take").statusCode()).isEqualTo(409);
  }

  private void refused(int status, String path, String title) {
    for (var answer : List.of(service.get(path), press(path, "action=take"))) {
      assertThat(answer.statusCode()).as(path).isEqualTo(status);
      assertThat(answer.body()).contains(title).doesNotContain("Byron", "<form");
    }
    assertThat(shown().path("status").asText()).isEqualTo("unread");
  }

  private HttpResponse<String> press(String path, String form) {
    return service.send(
        service
            .request(path, "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  private String linkFor(String address) {
    return pathOf(links.of(lead, "email", address));
  }

  private static String pathOf(String url) {
    return url.substring(url.indexOf("/a/"));
  }

  /** The link in what was really sent. */
  private String caught(String channel) {
    return await()
        .until(
            () ->
                service.caught(business).stream()
                    .filter(each -> each.path("channel").asText().equals(channel))
                    .map(each -> LINK.matcher(each.path("body").asText()))
                    .filter(each -> each.find())
                    .map(each -> each.group())
                    .findFirst()
                    .orElse(null),
            path -> path != null);
  }

  private JsonNode shown() {
    return api.ask(200, "GET", "/api/messages/" + lead, null);
  }

  private List<String> eventsBy(String type) {
    return service
        .database()
        .sql("select data ->> 'by' from messaging.message_events where message_id = ? and type = ?")
        .params(lead, type)
        .query(String.class)
        .list();
  }

  private List<String> audited() {
    return service
        .database()
        .sql(
            "select concat_ws(' ', actor_kind, action, actor) from messaging.audit_entries where subject = ?")
        .param(lead.toString())
        .query(String.class)
        .list();
  }
}
