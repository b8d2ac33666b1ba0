package com.callback.messaging.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
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

  @Test
  void what_was_never_changed_has_its_default() {
    assertThat(owner.ask(200, "GET", PATH, null).toString())
        .isEqualTo("{\"name\":null,\"timeZone\":\"UTC\",\"retentionMonths\":24}");
  }

  @Test
  void a_change_replaces_what_is_given_and_nothing_else() {
    owner.ask(200, "PATCH", PATH, Map.of("timeZone", "Australia/Sydney", "name", "Solar"));
    owner.ask(200, "PATCH", PATH, Map.of("retentionMonths", 12));
    assertThat(owner.ask(200, "GET", PATH, null).toString())
        .isEqualTo("{\"name\":\"Solar\",\"timeZone\":\"Australia/Sydney\",\"retentionMonths\":12}");
    assertThat(owner.ask(200, "PATCH", PATH, "{\"name\":null}").get("name").isNull()).isTrue();
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
