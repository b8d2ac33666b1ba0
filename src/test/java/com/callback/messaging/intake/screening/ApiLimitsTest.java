package com.callback.messaging.intake.screening;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A minute of the API is limited per business, and wrong credentials per address. */
@ServiceTest
class ApiLimitsTest {

  private static final String NO_KEY = "cbk_" + "0".repeat(64);
  private static final String CREDENTIALS = "refused credentials 127.0.0.1";

  @Autowired Service service;
  @Autowired Floods floods;
  @Autowired MovableClock clock;
  @Autowired MeterRegistry metrics;
  @Autowired PersonCaller.Crowd crowd;

  private Business business;

  @BeforeEach
  void a_business() {
    business = service.businessWithoutChannels();
  }

  @Test
  void a_business_beyond_its_requests_of_a_minute_gets_429_by_key_and_by_person() {
    var key = service.key(business, "messages:read");
    var person = crowd.member(business, "viewer");
    var other = service.key(service.businessWithoutChannels(), "messages:read");
    floods.during(
        "refused requests " + business.id(),
        () -> {
          tooMany(list(key), "\"requests\";q=1200;w=60");
          tooMany(person.call("GET", "/api/messages", null), "\"requests\";q=1200;w=60");
          assertThat(list(other).statusCode()).isEqualTo(200);
          return null;
        });
    assertThat(list(key).statusCode()).isEqualTo(200);
  }

  @Test
  void a_business_beyond_its_requests_of_a_minute_still_gets_its_leads() {
    var lead =
        service.text(
            Map.of(
                "funnelId", business.funnel(), "contactName", "Ada", "contactPhone", "0412345678"));
    var key = service.key(business, "messages:write");

    var answer =
        floods.during(
            "refused requests " + business.id(),
            () -> service.call("POST", "/api/messages", key, lead));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  @Test
  void an_address_with_too_many_wrong_keys_gets_429_before_anything_is_looked_up() {
    var usedBefore = service.key(business, "messages:read");
    var neverUsed = service.key(business, "messages:read");
    assertThat(list(usedBefore).statusCode()).isEqualTo(200);
    try {
      floods.during(CREDENTIALS, () -> list(NO_KEY));

      tooMany(list(NO_KEY), "\"credentials\";q=300;w=60");
      assertThat(list(neverUsed).statusCode()).as("its row would say 200").isEqualTo(429);
      assertThat(list(usedBefore).statusCode()).as("a neighbour's valid key").isEqualTo(200);
    } finally {
      clock.advance(Floods.WAIT.plusSeconds(1));
    }
    assertThat(list(neverUsed).statusCode()).isEqualTo(200);
    assertThat(list(NO_KEY).statusCode()).isEqualTo(401);
  }

  @Test
  void a_key_that_was_valid_and_is_revoked_counts_as_a_wrong_one() {
    var key = service.key(business, "messages:read");
    list(key);
    service
        .database()
        .sql("update messaging.api_keys set revoked_at = now() where business_id = ?")
        .param(business.id())
        .update();
    try {
      assertThat(floods.during(CREDENTIALS, () -> list(key)).statusCode()).isEqualTo(401);
      assertThat(list(key).statusCode()).isEqualTo(429);
    } finally {
      clock.advance(Floods.WAIT.plusSeconds(1));
    }
  }

  @Test
  void a_refused_credential_is_counted_by_its_kind() {
    var keys = refused("key");
    var sessions = refused("session");
    list(NO_KEY);
    service.send(
        service
            .request("/api/session", "application/json")
            .header("Cookie", "callback_session=made-up")
            .GET());
    list(service.key(business, "messages:read"));

    assertThat(refused("key") - keys).isEqualTo(1);
    assertThat(refused("session") - sessions).isEqualTo(1);
  }

  private double refused(String kind) {
    return metrics
        .counter("messaging.refused.credentials", "kind", kind, "reason", "unknown")
        .count();
  }

  private HttpResponse<String> list(String key) {
    return service.call("GET", "/api/messages", key, null);
  }

  private static void tooMany(HttpResponse<String> answer, String policy) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(Problem.MEDIA_TYPE);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
    assertThat(answer.headers().firstValue("RateLimit-Policy")).hasValue(policy);
    assertThat(answer.headers().firstValue("RateLimit")).isPresent();
  }
}
