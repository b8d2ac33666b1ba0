package com.callback.messaging.inbox.count;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What those who answer leads see of them. */
@ServiceTest
class InboxTest {

  @Autowired Service service;
  @Autowired MovableClock clock;

  private Business business;
  private String key;

  @BeforeEach
  void a_business_and_its_key() {
    business = service.businessWithoutChannels();
    key = service.key(business, "messages:read");
  }

  @Test
  void the_newest_lead_stands_first_and_pages_fit_together() {
    var sent = IntStream.range(0, 7).mapToObj(this::lead).toList();
    var seen = new ArrayList<String>();
    var page = get("/api/messages?limit=3");
    page.get("items").forEach(item -> seen.add(item.get("id").asText()));
    while (!page.get("next").isNull()) {
      page = get("/api/messages?limit=3&cursor=" + page.get("next").asText());
      page.get("items").forEach(item -> seen.add(item.get("id").asText()));
    }
    assertThat(seen).containsExactlyElementsOf(reversed(sent));
  }

  @Test
  void a_lead_is_found_where_its_receipt_says() {
    var answer =
        service.post(
            Map.of(
                "funnelId", business.funnel(),
                "contactName", "Grace Hopper",
                "contactPhone", "+61 491 570 156"));
    var lead = get(answer.headers().firstValue("Location").orElseThrow());

    assertThat(lead.at("/contactName").asText()).isEqualTo("Grace Hopper");
    assertThat(lead.at("/contactPhoneE164").asText()).isEqualTo("+61491570156");
    assertThat(lead.at("/timeline/0/type").asText()).isEqualTo("message.created");
    assertThat(lead.get("deliveries")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"C:\\temp", "a:\\", "\\:*", "(\\)", "O'Neil\\", "''", "a'b:*"})
  void quotes_and_backslashes_mean_themselves(String words) {
    var id =
        service.lead(
            business,
            Map.of(
                "contactName", "Ada", "contactPhone", "1", "message", "See " + words + " there"));
    var query = "q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
    var caller = new ApiCaller(service, service.key(business, "messages:read"));
    caller.ask(200, "GET", "/api/messages/count?" + query, null);
    var found = caller.ask(200, "GET", "/api/messages?" + query, null).findValuesAsText("id");
    if (words.matches(".*[a-zA-Z]{2}.*")) {
      assertThat(found).containsExactly(id.toString());
    }
  }

  @Test
  void a_year_that_there_never_was_is_named() {
    var caller = new ApiCaller(service, service.key(business, "messages:read"));
    var refused = caller.ask(400, "GET", "/api/messages?from=0000-01-01T00:00:00Z", null);
    assertThat(refused.at("/errors/0/field").asText()).isEqualTo("from");
  }

  @Test
  void filters_narrow_the_list() {
    var first = lead(0);
    clock.advance(Duration.ofHours(1));
    var between = clock.instant();
    clock.advance(Duration.ofHours(1));
    var second = lead(1);
    service
        .database()
        .sql("update public.messages set status = 'archived' where id = ?::uuid")
        .param(first)
        .update();

    assertThat(ids("/api/messages?from=" + between)).containsExactly(second);
    assertThat(ids("/api/messages?to=" + between)).containsExactly(first);
    assertThat(ids("/api/messages?status=archived,read")).containsExactly(first);
    assertThat(ids("/api/messages?funnel=" + business.funnel())).containsExactly(second, first);
    assertThat(ids("/api/messages?funnel=" + UUID.randomUUID())).isEmpty();
    assertThat(ids("/api/messages?quarantined=true")).isEmpty();
  }

  @Test
  void the_badge_counts_what_waits() {
    lead(0);
    var read = lead(1);
    service
        .database()
        .sql("update public.messages set status = 'read' where id = ?::uuid")
        .param(read)
        .update();
    assertThat(get("/api/messages/unread-count"))
        .isEqualTo(service.json("{\"unread\":1,\"waiting\":2,\"quarantined\":0}"));
  }

  @Test
  void another_business_finds_nothing() {
    var id = lead(0);
    var theirs = service.key(service.businessWithoutChannels(), "messages:read");
    assertThat(service.call("GET", "/api/messages/" + id, theirs, null).statusCode())
        .isEqualTo(404);
    assertThat(service.call("GET", "/api/messages", theirs, null).body()).doesNotContain(id);
  }

  private String lead(int number) {
    clock.advance(Duration.ofSeconds(1));
    return service
        .lead(
            business,
            Map.of("contactName", "Caller " + number, "contactPhone", "+61 491 570 00" + number))
        .toString();
  }

  private JsonNode get(String path) {
    var answer = service.call("GET", path, key, null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return service.json(answer.body());
  }

  private List<String> ids(String path) {
    return get(path).get("items").findValuesAsText("id");
  }

  private static List<String> reversed(List<String> all) {
    var turned = new ArrayList<>(all);
    java.util.Collections.reverse(turned);
    return turned;
  }
}
