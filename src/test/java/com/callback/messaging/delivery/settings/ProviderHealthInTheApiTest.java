package com.callback.messaging.delivery.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.OtherInstance;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** How providers do, as instances tell each other and the API shows it. */
@ServiceTest
class ProviderHealthInTheApiTest {

  private static final String ALL = "/api/providers";

  @Autowired Service service;
  @Autowired ProducerTemplate routes;

  @Test
  void a_viewer_and_a_key_see_what_this_and_other_instances_saw() {
    var business = service.businessWithoutChannels();
    var viewer = new ApiCaller(service, service.session(business, "viewer"));
    var key = new ApiCaller(service, service.key(business, "deliveries:read"));
    try (var other = new OtherInstance(service, routes)) {
      other.reportsDown("semaphore", "tower");
      var tower = provider(viewer.ask(200, "GET", ALL, null), "tower");
      assertThat(tower.get("channel").asText()).isEqualTo("semaphore");
      assertThat(tower.get("state").asText()).isEqualTo("down");
      assertThat(tower.get("downSince").isTextual()).isTrue();
      assertThat(provider(key.ask(200, "GET", ALL, null), "smtp").get("channel").asText())
          .isEqualTo("email");
    }
    var left = viewer.ask(200, "GET", ALL, null);
    assertThat(left.findValuesAsText("provider"))
        .contains("smtp", "touchsms")
        .doesNotContain("tower");
    assertThat(left.findValuesAsText("channel")).doesNotContain("webhook");
  }

  @Test
  void a_sent_mail_shows_that_its_provider_works_to_the_other_instances_and_in_metrics() {
    var business = service.business();
    service.lead(
        business, Map.of("contactName", "Ada Lovelace", "contactPhone", "+61 491 570 006"));
    service.awaitDeliveries(business);
    routes.sendBody("direct:report-instance", null);

    assertThat(
            service
                .database()
                .sql(
                    "select bool_or(p.value ->> 'provider' = 'smtp' and p.value ->> 'answeredAt' is not null) from messaging.instances i, jsonb_array_elements(i.providers) p")
                .query(Boolean.class)
                .single())
        .isTrue();
    assertThat(service.get("/actuator/prometheus").body())
        .contains(
            "messaging_provider_requests_seconds_count{channel=\"email\",outcome=\"accepted\",provider=\"smtp\"}",
            "messaging_provider_down{channel=\"email\",provider=\"smtp\"}",
            "messaging_provider_breaker_open{channel=\"email\",provider=\"smtp\"}")
        .doesNotContain(business.email());
  }

  private static JsonNode provider(JsonNode answer, String name) {
    return StreamSupport.stream(answer.get("providers").spliterator(), false)
        .filter(each -> each.get("provider").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
