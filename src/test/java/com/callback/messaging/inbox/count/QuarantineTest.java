package com.callback.messaging.inbox.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A held lead waits for a person, who lets it go or puts it away. */
@ServiceTest
class QuarantineTest {

  @Autowired Service service;

  private Business business;
  private ApiCaller caller;

  @BeforeEach
  void aBusinessAndItsKey() {
    business = service.business();
    caller = new ApiCaller(service, service.key(business, "messages:read", "messages:write"));
  }

  @Test
  void nobody_is_told_of_a_held_lead_until_it_is_released_and_then_everybody_once() {
    var id = held();
    assertThat(states(id)).containsOnly("held");
    assertThat(caller.ask(200, "GET", "/api/messages/unread-count", null))
        .isEqualTo(service.json("{\"unread\":0,\"waiting\":0,\"quarantined\":1}"));
    assertThat(
            caller.ask(200, "GET", "/api/messages?quarantined=true", null).findValuesAsText("id"))
        .containsExactly(id.toString());

    var released = release(200, id);
    assertThat(released.at("/quarantinedAt").isNull()).isTrue();
    assertThat(released.get("timeline").findValuesAsText("type")).contains("message.released");
    await().until(() -> service.caught(business).size() == 3);

    release(200, id);
    assertThat(states(id)).hasSize(3).doesNotContain("held", "pending");
    assertThat(service.caught(business)).hasSize(3);
    assertThat(
            caller
                .ask(200, "GET", "/api/messages/" + id, null)
                .get("timeline")
                .findValuesAsText("type"))
        .containsOnlyOnce("message.released");
  }

  @Test
  void however_many_release_it_at_once_it_is_sent_once() {
    var id = held();
    IntStream.range(0, 8).parallel().forEach(each -> release(200, id));
    await().until(() -> service.caught(business).size() == 3);
    assertThat(
            caller
                .ask(200, "GET", "/api/messages/" + id, null)
                .get("timeline")
                .findValuesAsText("type"))
        .containsOnlyOnce("message.released");
  }

  @Test
  void what_is_held_with_its_lead_goes_out_and_away_with_its_lead_only() {
    var id = held();
    var repairer =
        new ApiCaller(
            service, service.key(business, "deliveries:read", "deliveries:write", "messages:read"));
    var delivery =
        repairer
            .ask(200, "GET", "/api/deliveries?messageId=" + id, null)
            .at("/items/0/id")
            .asText();

    for (var refused :
        List.of(
            repairer.ask(409, "POST", "/api/deliveries/" + delivery + "/retry", null),
            repairer.ask(
                409,
                "POST",
                "/api/deliveries/" + delivery + "/cancel",
                Map.of("reason", "Spam")))) {
      assertThat(refused.get("type").asText()).endsWith("message-held");
    }
    var cancelled =
        repairer.ask(
            200,
            "POST",
            "/api/deliveries/cancel?state=held",
            Map.of("expectedCount", 3, "reason", "The target is off"));
    assertThat(cancelled.get("changed").asInt()).isZero();
    assertThat(cancelled.get("remaining").asInt()).isZero();
    assertThat(states(id)).hasSize(3).containsOnly("held");

    release(200, id);
    await().until(() -> service.caught(business).size() == 3);
  }

  @Test
  void what_was_discarded_waits_for_nobody_and_is_found_in_the_archive_of_the_held() {
    var id = held();
    caller.ask(200, "POST", "/api/messages/" + id + "/discard", null);
    assertThat(
            caller
                .ask(200, "GET", "/api/messages/count?quarantined=true", null)
                .get("count")
                .asInt())
        .isZero();
    assertThat(
            caller
                .ask(200, "GET", "/api/messages?quarantined=true&status=archived", null)
                .findValuesAsText("id"))
        .containsExactly(id.toString());
  }

  @Test
  void held_leads_are_released_many_at_once_and_what_each_owes_is_sent() {
    var first = held();
    var second = held();
    var unknown = UUID.randomUUID();
    var answer =
        caller.ask(
            200,
            "POST",
            "/api/messages/bulk",
            Map.of("action", "release", "ids", List.of(first, second, unknown)));
    assertThat(answer.get("done").asInt()).isEqualTo(2);
    assertThat(answer.get("failed").findValuesAsText("reason")).containsExactly("not-found");
    await().until(() -> service.caught(business).size() == 6);
    var again =
        caller.ask(
            200,
            "POST",
            "/api/messages/bulk",
            Map.of("action", "release", "ids", List.of(first, second)));
    assertThat(again.get("done").asInt()).isZero();
    assertThat(again.get("unchanged").asInt()).isEqualTo(2);
    assertThat(
            caller
                .ask(200, "GET", "/api/messages/" + first, null)
                .get("timeline")
                .findValuesAsText("type"))
        .containsOnlyOnce("message.released");
  }

  @Test
  void held_leads_that_a_filter_finds_are_discarded_at_once_and_nobody_is_told() {
    var first = held();
    held();
    var answer =
        caller.ask(
            200,
            "POST",
            "/api/messages/bulk",
            Map.of("action", "discard", "filter", Map.of("quarantined", true), "expectedCount", 2));
    assertThat(answer.get("done").asInt()).isEqualTo(2);
    assertThat(states(first)).hasSize(3).containsOnly("cancelled");
    var timeline = caller.ask(200, "GET", "/api/messages/" + first, null).get("timeline");
    assertThat(timeline.findValuesAsText("type"))
        .startsWith("message.created", "message.discarded")
        .doesNotContain("message.archived");
    assertThat(timeline.at("/1/data/cancelled").asInt()).isEqualTo(3);
    var released =
        caller.ask(
            200, "POST", "/api/messages/bulk", Map.of("action", "release", "ids", List.of(first)));
    assertThat(released.get("failed").findValuesAsText("reason"))
        .containsExactly("message-discarded");
    var ours = service.lead(business, Map.of("contactName", "Ada", "contactPhone", "0491 570 006"));
    var refused =
        caller.ask(
            200, "POST", "/api/messages/bulk", Map.of("action", "discard", "ids", List.of(ours)));
    assertThat(refused.get("failed").findValuesAsText("reason"))
        .containsExactly("message-not-held");
  }

  @Test
  void what_is_discarded_is_put_away_and_nobody_is_told() {
    var id = held();
    var discarded = caller.ask(200, "POST", "/api/messages/" + id + "/discard", null);

    assertThat(discarded.get("status").asText()).isEqualTo("archived");
    assertThat(discarded.get("unreachedSince").isNull()).isTrue();
    assertThat(discarded.get("timeline").findValuesAsText("type"))
        .startsWith("message.created", "message.discarded")
        .filteredOn(type -> !type.startsWith("message."))
        .as("the deliveries that were put away with it")
        .hasSize(3)
        .containsOnly("delivery.updated");
    assertThat(discarded.at("/timeline/1/data/by").asText()).startsWith("API key cbk_");
    assertThat(discarded.at("/timeline/1/data/reason").asText()).isEqualTo("honeypot");
    assertThat(discarded.at("/timeline/1/data/cancelled").asInt()).isEqualTo(3);
    assertThat(states(id)).containsOnly("cancelled");
    assertThat(discarded.at("/deliveries/0/lastError").asText()).startsWith("Discarded by API key");
    assertThat(
            caller.ask(200, "GET", "/api/messages/unread-count", null).get("quarantined").asInt())
        .isZero();

    var again = caller.ask(200, "POST", "/api/messages/" + id + "/discard", null);
    assertThat(again.get("timeline")).isEqualTo(discarded.get("timeline"));
    assertThat(release(409, id).get("type").asText()).endsWith("message-discarded");
    assertThat(service.caught(business)).isEmpty();
  }

  @Test
  void a_lead_that_somebody_was_told_of_cannot_be_discarded() {
    var id = held();
    release(200, id);
    assertThat(
            caller.ask(409, "POST", "/api/messages/" + id + "/discard", null).get("type").asText())
        .endsWith("message-not-held");
    assertThat(caller.ask(200, "GET", "/api/messages/" + id, null).get("status").asText())
        .isEqualTo("unread");
  }

  @Test
  void a_held_lead_of_others_is_not_there() {
    var id = held();
    var stranger =
        new ApiCaller(
            service,
            service.key(service.businessWithoutChannels(), "messages:read", "messages:write"));
    for (var what : List.of("release", "discard")) {
      stranger.ask(404, "POST", "/api/messages/" + id + "/" + what, null);
      stranger.ask(404, "POST", "/api/messages/" + UUID.randomUUID() + "/" + what, null);
    }
    assertThat(states(id)).containsOnly("held");
  }

  @Test
  void who_did_it_stands_in_the_audit_trail() {
    release(200, held());
    caller.ask(200, "POST", "/api/messages/" + held() + "/discard", null);
    assertThat(
            service
                .database()
                .sql("select action from messaging.audit_entries where business_id = ? order by id")
                .param(business.id())
                .query(String.class)
                .list())
        .containsExactly("releaseMessage", "discardMessage");
  }

  private com.fasterxml.jackson.databind.JsonNode release(int status, UUID id) {
    return caller.ask(status, "POST", "/api/messages/" + id + "/release", null);
  }

  private UUID held() {
    var answer =
        service.send(
            service
                .request("/api/messages", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "funnelId=%s&contactName=Ada&contactEmail=ada@example.com&company_website=x&message=%s"
                            .formatted(business.funnel(), UUID.randomUUID()))));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return UUID.fromString(service.json(answer.body()).get("id").asText());
  }

  private List<String> states(UUID id) {
    return service
        .database()
        .sql("select state from messaging.deliveries where message_id = ?")
        .param(id)
        .query(String.class)
        .list();
  }
}
