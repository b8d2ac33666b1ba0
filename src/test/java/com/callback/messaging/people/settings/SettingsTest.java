package com.callback.messaging.people.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a business decides about itself is for its owner to say. */
@ServiceTest
class SettingsTest {

  private static final String PATH = "/api/settings";

  @Autowired Service service;

  Business business;
  ApiCaller owner;

  @BeforeEach
  void an_owner() {
    business = service.businessWithoutChannels();
    owner = new ApiCaller(service, service.session(business, "owner"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "\u200b",
        "\u3164",
        "\u202e\u202d",
        "\u2800\ufe0f",
        "Ev\r\nil",
        "Acme \u202eemca"
      })
  void a_name_that_nobody_can_read_is_refused(String name) {
    assertThat(owner.ask(400, "PATCH", PATH, Map.of("name", name)).at("/errors/0/field").asText())
        .isEqualTo("name");
    assertThat(owner.ask(200, "GET", PATH, null).get("name").isNull()).isTrue();
  }

  @Test
  void what_was_never_changed_has_its_default() {
    var settings = owner.ask(200, "GET", PATH, null);
    assertThat(settings.toString())
        .startsWith(
            "{\"name\":null,\"timeZone\":\"UTC\",\"retentionMonths\":24,\"answerWithinMinutes\":60,");
    assertThat(settings.get("businessHours"))
        .extracting(each -> each.get("weekday").asInt())
        .containsExactly(1, 2, 3, 4, 5);
    assertThat(settings.get("businessHours").get(4).toString())
        .isEqualTo("{\"opens\":\"09:00\",\"closes\":\"17:00\",\"weekday\":5}");
  }

  @Test
  void a_change_replaces_what_is_given_and_nothing_else() {
    owner.ask(200, "PATCH", PATH, Map.of("timeZone", "Australia/Sydney", "name", "Solar"));
    owner.ask(200, "PATCH", PATH, Map.of("retentionMonths", 12));
    assertThat(owner.ask(200, "GET", PATH, null).toString())
        .startsWith(
            "{\"name\":\"Solar\",\"timeZone\":\"Australia/Sydney\",\"retentionMonths\":12,\"answerWithinMinutes\":60,");
    assertThat(owner.ask(200, "PATCH", PATH, "{\"name\":null}").get("name").isNull()).isTrue();
  }

  @Test
  void a_zone_that_the_database_calls_otherwise_is_kept_under_the_name_it_knows() {
    withoutZones("Asia/Calcutta");
    try {
      assertThat(zoneAfter("Asia/Calcutta")).isEqualTo("Asia/Kolkata");
    } finally {
      withoutZones();
    }
  }

  @Test
  void a_zone_that_is_newer_than_we_are_is_the_one_it_was_part_of() {
    assertThat(zoneAfter("America/Coyhaique")).isIn("America/Coyhaique", "America/Punta_Arenas");
  }

  @Test
  void a_zone_that_the_database_does_not_know_is_named() {
    withoutZones("Asia/Calcutta", "Asia/Kolkata", "Australia/Sydney");
    try {
      var refused = owner.ask(400, "PATCH", PATH, Map.of("timeZone", "Asia/Calcutta"));
      assertThat(refused.at("/errors/0/field").asText()).isEqualTo("timeZone");
    } finally {
      withoutZones();
    }
  }

  private String zoneAfter(String zone) {
    return owner.ask(200, "PATCH", PATH, Map.of("timeZone", zone)).get("timeZone").asText();
  }

  /** From now on the database knows all zones that it does but these. */
  private void withoutZones(String... unknown) {
    service
        .database()
        .sql(
            """
            create or replace function messaging.knows_zone(zone text) returns boolean language plpgsql stable set search_path = '' as $$
            begin
              perform timezone(zone, now());
              return zone <> all (string_to_array('%s', ','));
            exception when invalid_parameter_value then
              return false;
            end $$
            """
                .formatted(String.join(",", unknown)))
        .update();
  }

  @Test
  void hours_replace_hours_and_none_are_the_usual_ones() {
    var split =
        "[{\"weekday\":1,\"opens\":\"09:00\",\"closes\":\"12:30\"},{\"weekday\":1,\"opens\":\"12:30\",\"closes\":\"24:00\"}]";
    assertThat(
            owner
                .ask(
                    200,
                    "PATCH",
                    PATH,
                    "{\"answerWithinMinutes\":5,\"businessHours\":" + split + "}")
                .get("answerWithinMinutes")
                .asInt())
        .isEqualTo(5);
    assertThat(hours()).containsExactly("1 09:00-12:30", "1 12:30-24:00");
    owner.ask(
        200,
        "PATCH",
        PATH,
        "{\"businessHours\":[{\"weekday\":1,\"opens\":\"09:00\",\"closes\":\"12:00\"}]}");
    assertThat(hours()).containsExactly("1 09:00-12:00");
    owner.ask(200, "PATCH", PATH, "{\"name\":\"Solar\"}");
    assertThat(hours()).containsExactly("1 09:00-12:00");
    owner.ask(200, "PATCH", PATH, "{\"businessHours\":[]}");
    assertThat(hours()).hasSize(5).contains("5 09:00-17:00");
  }

  private List<String> hours() {
    var hours = new ArrayList<String>();
    owner
        .ask(200, "GET", PATH, null)
        .get("businessHours")
        .forEach(
            each ->
                hours.add(
                    each.get("weekday").asText()
                        + " "
                        + each.get("opens").asText()
                        + "-"
                        + each.get("closes").asText()));
    return hours;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"timeZone\":\"Sydney\"}",
        "{\"timeZone\":\"'; drop table\"}",
        "{\"timeZone\":null}",
        "{\"retentionMonths\":0}",
        "{\"retentionMonths\":121}",
        "{\"retentionMonths\":1.5}",
        "{\"name\":\"\"}",
        "{\"answerWithinMinutes\":0}",
        "{\"answerWithinMinutes\":10081}",
        "{\"businessHours\":null}",
        "{\"businessHours\":[{\"weekday\":0,\"opens\":\"09:00\",\"closes\":\"12:00\"}]}",
        "{\"businessHours\":[{\"weekday\":8,\"opens\":\"09:00\",\"closes\":\"12:00\"}]}",
        "{\"businessHours\":[{\"weekday\":1,\"opens\":\"9:00\",\"closes\":\"12:00\"}]}",
        "{\"businessHours\":[{\"weekday\":1,\"opens\":\"24:00\",\"closes\":\"24:00\"}]}",
        "{\"businessHours\":[{\"weekday\":1,\"opens\":\"12:00\",\"closes\":\"12:00\"}]}",
        "{\"businessHours\":[{\"weekday\":1,\"opens\":\"09:00\",\"closes\":\"12:00\"},{\"weekday\":1,\"opens\":\"11:59\",\"closes\":\"13:00\"}]}",
        "{\"businessHours\":[{\"weekday\":1,\"opens\":\"09:00\"}]}",
        "{\"other\":1}"
      })
  void what_no_business_can_want_is_refused(String body) {
    owner.ask(400, "PATCH", PATH, body);
  }

  @Test
  void a_viewer_may_look_and_an_agent_may_not_change() {
    new ApiCaller(service, service.session(business, "viewer")).ask(200, "GET", PATH, null);
    new ApiCaller(service, service.session(business, "agent"))
        .ask(403, "PATCH", PATH, Map.of("retentionMonths", 1));
    assertThat(owner.ask(200, "GET", PATH, null).get("retentionMonths").asInt()).isEqualTo(24);
  }
}
