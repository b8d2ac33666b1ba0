package com.callback.messaging.operation.caller;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A key opens its own business, as far as its scopes go, and nothing else. */
@ServiceTest
class CallersTest {

  @Autowired Service service;

  Service.Business business;
  String path;

  @BeforeEach
  void a_delivery_of_a_business() {
    business = service.business();
    var lead = service.lead(business, Map.of("contactName", "Ada", "contactPhone", "0412 345 678"));
    path =
        "/api/deliveries/"
            + service
                .database()
                .sql("select id from messaging.deliveries where message_id = ? limit 1")
                .param(lead)
                .query(java.util.UUID.class)
                .single();
  }

  @Test
  void a_key_with_the_scope_sees_what_is_its_business_s() {
    var answer = service.call("GET", path, service.key(business, "deliveries:read"), null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(path).endsWith(service.json(answer.body()).get("id").asText());
  }

  @Test
  void another_business_s_key_finds_nothing() {
    var other = service.key(service.businessWithoutChannels(), "deliveries:read");
    assertThat(service.call("GET", path, other, null).statusCode()).isEqualTo(404);
  }

  @Test
  void a_key_without_the_scope_is_told_which_one_is_missing() {
    var answer = service.call("GET", path, service.key(business, "webhooks:read"), null);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("deliveries:read");
  }

  @Test
  void without_a_key_or_with_one_that_has_ended_nothing_is_told() {
    var key = service.key(business, "deliveries:read");
    assertThat(service.get(path).statusCode()).isEqualTo(401);
    assertThat(service.call("GET", path, "cbk_" + "0".repeat(64), null).statusCode())
        .isEqualTo(401);
    service
        .database()
        .sql("update messaging.api_keys set revoked_at = now() where business_id = ?")
        .param(business.id())
        .update();
    var answer = service.call("GET", path, key, null);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
  }

  @Test
  void an_id_that_is_none_is_named() {
    var answer =
        service.call("GET", "/api/deliveries/7", service.key(business, "deliveries:read"), null);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(service.json(answer.body()).at("/errors/0/field").asText()).isEqualTo("id");
  }
}
