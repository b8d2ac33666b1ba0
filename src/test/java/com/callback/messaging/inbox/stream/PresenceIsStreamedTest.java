package com.callback.messaging.inbox.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ServiceTest
class PresenceIsStreamedTest {

  @Autowired Service service;
  @Autowired PersonCaller.Crowd people;

  @Test
  void members_at_a_lead_see_each_other_and_other_businesses_see_nothing() {
    var business = service.businessWithoutChannels();
    var other = service.businessWithoutChannels();
    var lead = lead(business);
    var agent = people.member(business, "agent");
    var viewer = people.member(business, "viewer");
    try (var ours = Stream.open(request(business));
        var theirs = Stream.open(request(other))) {
      present(200, viewer, lead, "viewing");
      present(200, agent, lead, "writing");

      ours.awaitNamed("presence", 2);
      var told = service.json(ours.named("presence").get(1).data());
      assertThat(told)
          .isEqualTo(
              service.json(
                  "{\"messageId\":\"%s\",\"memberId\":\"%s\",\"name\":\"%s\",\"activity\":\"writing\"}"
                      .formatted(lead, agent.id(), agent.email())));
      assertThat(ours.named("presence").get(1).id()).isNull();
      await()
          .untilAsserted(
              () ->
                  assertThat(present(200, viewer, lead, "viewing").findValuesAsText("memberId"))
                      .containsExactly(agent.id().toString()));

      present(404, people.member(other, "owner"), lead, "viewing");
      present(400, agent, lead, "dancing");
      assertThat(theirs.named("presence")).isEmpty();
    }
  }

  private JsonNode present(int status, PersonCaller who, UUID lead, String activity) {
    return who.ask(
        status, "PUT", "/api/messages/" + lead + "/presence", Map.of("activity", activity));
  }

  private HttpRequest.Builder request(Business business) {
    return HttpRequest.newBuilder(service.at("/api/stream"))
        .header("Authorization", "Bearer " + service.key(business, "messages:read"));
  }

  private UUID lead(Business business) {
    return service.lead(business, Map.of("contactName", "Ada", "contactPhone", "+61 491 570 006"));
  }
}
