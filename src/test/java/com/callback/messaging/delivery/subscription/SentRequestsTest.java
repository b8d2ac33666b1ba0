package com.callback.messaging.delivery.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.FarEnd;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a receiver was sent can be looked at beside what it answered, without its secrets. */
@ServiceTest
class SentRequestsTest {

  private static final Map<String, Object> ADA =
      Map.of("contactName", "Ada", "contactPhone", "+61 491 570 006");

  @Autowired Service service;

  FarEnd receiver;
  Business business;
  ApiCaller caller;
  String subscription;
  UUID lead;

  @BeforeEach
  void a_lead_that_was_sent() {
    receiver = new FarEnd();
    business = service.businessWithoutChannels();
    caller =
        new ApiCaller(
            service,
            service.key(
                business, "webhooks:read", "webhooks:write", "deliveries:read", "messages:read"));
    subscription =
        caller
            .ask(
                201,
                "POST",
                "/api/webhook-subscriptions",
                Map.of("url", receiver.url(), "headers", Map.of("X-Team", "hush-hush")))
            .get("id")
            .asText();
    lead = service.lead(business, ADA);
    await().until(() -> attempts().get("items").size() == 1);
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void the_request_is_shown_as_it_was_sent() {
    var request = attempts().get("request");
    var call = receiver.calls().get(0);
    assertThat(request.get("method").asText()).isEqualTo("POST");
    assertThat(request.get("url").asText()).isEqualTo(receiver.url());
    assertThat(request.get("body")).isEqualTo(service.json(call.body()));
    assertThat(request.at("/headers/webhook-id").asText())
        .isEqualTo(call.headers().get("webhook-id"));
    assertThat(request.get("headers").fieldNames())
        .toIterable()
        .allSatisfy(name -> assertThat(call.headers()).containsKey(name.toLowerCase()))
        .contains("X-Team", "webhook-signature");
  }

  @Test
  void no_secret_is_shown() {
    var request = attempts().get("request").toString();
    assertThat(receiver.calls().get(0).headers()).containsEntry("x-team", "hush-hush");
    assertThat(request)
        .doesNotContain("hush-hush", receiver.calls().get(0).headers().get("webhook-signature"))
        .contains("\"X-Team\":\"••••\"", "\"webhook-signature\":\"••••\"");
  }

  @Test
  void of_a_subscription_that_was_deleted_the_body_is_left() {
    caller.ask(204, "DELETE", "/api/webhook-subscriptions/" + subscription, null);
    var request = attempts().get("request");
    assertThat(request.get("url").isNull()).isTrue();
    assertThat(request.at("/body/data/id").asText()).isEqualTo(lead.toString());
  }

  @Test
  void other_channels_have_none_and_another_business_sees_nothing() {
    var id = delivery();
    service
        .database()
        .sql("update messaging.deliveries set channel = 'email' where id = ?::uuid")
        .param(id)
        .update();
    var attempts = caller.ask(200, "GET", "/api/deliveries/" + id + "/attempts", null);
    assertThat(attempts.get("request").isNull()).isTrue();
    new ApiCaller(
            service,
            service.key(service.businessWithoutChannels(), "deliveries:read", "messages:read"))
        .ask(404, "GET", "/api/deliveries/" + id + "/attempts", null);
  }

  private JsonNode attempts() {
    return caller.ask(200, "GET", "/api/deliveries/" + delivery() + "/attempts", null);
  }

  private String delivery() {
    return service
        .database()
        .sql("select cast(id as text) from messaging.deliveries where message_id = ?")
        .param(lead)
        .query(String.class)
        .single();
  }
}
