package com.callback.messaging.delivery.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What goes out to a business is for its owners to say, and what a screen does for whoever looks.
 */
@ServiceTest
class NotificationPreferencesTest {

  private static final String PATH = "/api/notification-preferences";
  private static final String PERSONAL =
      "\"personal\":{\"events\":{\"new_lead\":{\"email\":false,\"sms\":false,\"push\":true},"
          + "\"assigned\":{\"email\":true,\"sms\":false,\"push\":true},"
          + "\"escalated\":{\"email\":true,\"sms\":true,\"push\":true},"
          + "\"reminder\":{\"email\":true,\"sms\":false,\"push\":true},"
          + "\"overdue\":{\"email\":true,\"sms\":false,\"push\":true},"
          + "\"summary\":{\"email\":false,\"sms\":false,\"push\":true}},\"smsUrgentOnly\":false,"
          + "\"summary\":{\"daily\":false,\"weekly\":false,\"hour\":8,\"weekday\":1,\"timeZone\":null}}";
  private static final String USUAL =
      "{\"email\":{\"newMessages\":true,\"dailySummary\":true,\"weeklySummary\":true,\"emptySummary\":false},"
          + "\"sms\":{\"urgentOnly\":false},\"screen\":{\"badge\":true,\"toast\":true,\"sound\":\"once\"},"
          + PERSONAL
          + "}";

  @Autowired Service service;
  @Autowired PersonCaller.Crowd crowd;

  Business business;
  ApiCaller owner;

  @BeforeEach
  void an_owner() {
    business = service.businessWithoutChannels();
    owner = new ApiCaller(service, service.session(business, "owner"));
  }

  @Test
  void what_nobody_has_said_is_as_usual() {
    assertThat(owner.ask(200, "GET", PATH, null)).isEqualTo(service.json(USUAL));
    assertThat(owner.ask(200, "PATCH", PATH, Map.of())).isEqualTo(service.json(USUAL));
  }

  @Test
  void a_change_replaces_what_is_given_and_nothing_else() {
    owner.ask(200, "PATCH", PATH, Map.of("email", Map.of("emptySummary", true)));
    owner.ask(200, "PATCH", PATH, Map.of("email", Map.of("dailySummary", false)));
    owner.ask(200, "PATCH", PATH, Map.of("sms", Map.of("urgentOnly", true)));
    owner.ask(200, "PATCH", PATH, Map.of("screen", Map.of("sound", "until-read")));
    var changed = owner.ask(200, "PATCH", PATH, Map.of("screen", Map.of("toast", false)));
    assertThat(changed)
        .isEqualTo(
            service.json(
                "{\"email\":{\"newMessages\":true,\"dailySummary\":false,\"weeklySummary\":true,\"emptySummary\":true},"
                    + "\"sms\":{\"urgentOnly\":true},\"screen\":{\"badge\":true,\"toast\":false,\"sound\":\"until-read\"},"
                    + PERSONAL
                    + "}"));
    assertThat(owner.ask(200, "GET", PATH, null)).isEqualTo(changed);
  }

  @Test
  void a_switch_of_one_s_own_changes_itself_and_no_other() {
    var viewer = new ApiCaller(service, service.session(business, "viewer"));
    personal(viewer, Map.of("events", Map.of("assigned", Map.of("email", false))));
    personal(viewer, Map.of("events", Map.of("assigned", Map.of("sms", true))));
    var changed = personal(viewer, Map.of("events", Map.of("new_lead", Map.of("sms", true))));
    assertThat(changed.at("/events/assigned").toString())
        .isEqualTo("{\"email\":false,\"sms\":true,\"push\":true}");
    assertThat(changed.at("/events/new_lead/sms").asBoolean()).isTrue();
    assertThat(changed.at("/events/escalated/sms").asBoolean()).isTrue();
    assertThat(owner.ask(200, "GET", PATH, null)).isEqualTo(service.json(USUAL));
  }

  @Test
  void a_summary_keeps_its_time_zone_until_it_is_given_another() {
    var sydney = Map.of("daily", true, "hour", 17, "timeZone", "Australia/Sydney");
    personal(owner, Map.of("summary", sydney, "smsUrgentOnly", true));
    var later = personal(owner, Map.of("summary", Map.of("weekday", 5)));
    assertThat(later.get("summary").toString())
        .isEqualTo(
            "{\"daily\":true,\"weekly\":false,\"hour\":17,\"weekday\":5,\"timeZone\":\"Australia/Sydney\"}");
    assertThat(later.get("smsUrgentOnly").asBoolean()).isTrue();
    var none = "{\"personal\":{\"summary\":{\"timeZone\":null}}}";
    assertThat(owner.ask(200, "PATCH", PATH, none).at("/personal/summary/timeZone").isNull())
        .isTrue();
  }

  private static JsonNode personal(ApiCaller caller, Map<String, Object> change) {
    return caller.ask(200, "PATCH", PATH, Map.of("personal", change)).get("personal");
  }

  @Test
  void a_lead_is_sent_as_the_business_wants_it() {
    owner.ask(200, "PATCH", PATH, Map.of("email", Map.of("newMessages", false)));
    owner.ask(
        200,
        "PATCH",
        "/api/channels/email",
        Map.of("isEnabled", true, "recipient", business.email()));
    var lead = service.lead(business, Map.of("contactName", "Ada", "contactPhone", "0412 345 678"));
    assertThat(
            service
                .database()
                .sql("select count(*) from messaging.deliveries where message_id = ?")
                .param(lead)
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void each_person_has_a_screen_of_their_own() {
    var viewer = new ApiCaller(service, service.session(business, "viewer"));
    viewer.ask(200, "PATCH", PATH, Map.of("screen", Map.of("sound", "silent", "badge", false)));
    assertThat(viewer.ask(200, "GET", PATH, null).get("screen").toString())
        .isEqualTo("{\"badge\":false,\"toast\":true,\"sound\":\"silent\"}");
    assertThat(owner.ask(200, "GET", PATH, null)).isEqualTo(service.json(USUAL));
  }

  @Test
  void where_a_person_has_said_nothing_the_business_s_row_does() {
    service
        .database()
        .sql(
            "insert into public.notification_preferences (business_id, show_badge, show_toast) values (?, false, false)")
        .param(business.id())
        .update();
    assertThat(owner.ask(200, "GET", PATH, null).get("screen").toString())
        .isEqualTo("{\"badge\":false,\"toast\":false,\"sound\":\"once\"}");
    assertThat(
            owner
                .ask(200, "PATCH", PATH, Map.of("screen", Map.of("toast", true)))
                .get("screen")
                .toString())
        .isEqualTo("{\"badge\":false,\"toast\":true,\"sound\":\"once\"}");
  }

  @ParameterizedTest
  @CsvSource({"agent,email", "agent,sms", "viewer,email", "viewer,sms"})
  void what_goes_out_is_not_for_other_members_to_change(String role, String part) {
    var member = new ApiCaller(service, service.session(business, role));
    var refused =
        member.ask(403, "PATCH", PATH, "{\"screen\":{\"sound\":\"silent\"},\"" + part + "\":{}}");
    assertThat(refused.get("detail").asText()).contains(role, "owners");
    assertThat(member.ask(200, "GET", PATH, null)).isEqualTo(service.json(USUAL));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"screen\":{\"sound\":\"loud\"}}     | screen.sound",
        "{\"screen\":{\"blink\":true}}         | screen.blink",
        "{\"email\":{\"newMessages\":\"yes\"}} | email.newMessages",
        "{\"sms\":null}                        | sms",
        "{\"quietHours\":{}}                   | quietHours",
        "{\"personal\":{\"events\":{\"lunch\":{}}}} | personal.events.lunch",
        "{\"personal\":{\"events\":{\"assigned\":{\"email\":1}}}} | personal.events.assigned.email",
        "{\"personal\":{\"summary\":{\"hour\":24}}} | personal.summary.hour",
        "{\"personal\":{\"summary\":{\"weekday\":0}}} | personal.summary.weekday",
        "{\"personal\":{\"summary\":{\"timeZone\":\"Mars/Olympus\"}}} | personal.summary.timeZone"
      })
  void what_cannot_be_is_named(String body, String field) {
    assertThat(owner.ask(400, "PATCH", PATH, body).at("/errors/0/field").asText()).isEqualTo(field);
  }

  @Test
  void whoever_leaves_and_comes_back_begins_anew() {
    var person = crowd.member(business, "agent");
    person.ask(200, "PATCH", PATH, Map.of("screen", Map.of("sound", "silent")));
    owner.ask(204, "DELETE", "/api/members/" + person.id(), null);
    person.joins(business, "viewer");
    assertThat(person.ask(200, "GET", PATH, null)).isEqualTo(service.json(USUAL));
  }

  @Test
  void a_change_stands_in_the_audit_trail() {
    owner.ask(200, "PATCH", PATH, Map.of("screen", Map.of("sound", "silent")));
    var noted = owner.ask(200, "GET", "/api/audit", null).at("/items/0");
    assertThat(noted.get("action").asText()).isEqualTo("changeNotificationPreferences");
    assertThat(noted.get("details").toString()).isEqualTo("{\"fields\":[\"screen\"]}");
  }
}
