package com.callback.messaging.delivery.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.FarEnd;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A receiver that polls gets each event once and in order, as a webhook gets it. */
@ServiceTest
class EventFeedTest {

  private static final String FEED = "/api/events";

  @Autowired Service service;

  Subscriber subscriber;
  ApiCaller poller;

  @BeforeEach
  void a_business() {
    subscriber = new Subscriber(service, service.businessWithoutChannels());
    poller =
        new ApiCaller(service, service.key(subscriber.business, "webhooks:read", "messages:read"));
  }

  @Test
  void an_event_has_the_body_and_names_the_id_that_a_webhook_got() {
    var receiver = new FarEnd();
    try {
      var subscription =
          subscriber.subscribe(receiver.url(), "message.created", "message.archived");
      var lead = subscriber.lead();
      change(lead, "status = 'archived'");
      await().until(() -> receiver.calls().size() == 2);

      var items = page(FEED + "?types=message.created,message.archived", 2).get("items");

      assertThat(items).hasSize(2);
      for (var call : receiver.calls()) {
        var item =
            StreamSupport.stream(items.spliterator(), false)
                .filter(each -> each.get("body").toString().equals(call.body()))
                .findAny()
                .orElseThrow();
        assertThat(item.at("/webhookIds/" + subscription.get("id").asText()).asText())
            .isEqualTo(call.headers().get("webhook-id"));
      }
    } finally {
      receiver.close();
    }
  }

  @Test
  void a_page_goes_on_behind_the_one_before_and_a_filter_leaves_out_other_types() {
    var leads = IntStream.range(0, 3).mapToObj(each -> subscriber.lead()).toList();
    leads.forEach(lead -> change(lead, "status = 'read'"));

    page(FEED + "?types=message.read", 3);
    var first = page(FEED + "?types=message.read&limit=2");
    var second = page(FEED + "?types=message.read&limit=2&after=" + next(first));
    var third = page(FEED + "?types=message.read&limit=2&after=" + next(second));

    assertThat(first.get("more").asBoolean()).isTrue();
    assertThat(leadsOf(first)).containsExactly(text(leads.get(0)), text(leads.get(1)));
    assertThat(leadsOf(second)).containsExactly(text(leads.get(2)));
    assertThat(second.get("more").asBoolean()).isFalse();
    assertThat(leadsOf(third)).isEmpty();
    assertThat(next(third)).isEqualTo(next(second));
  }

  @Test
  void an_event_that_is_committed_late_is_not_passed_over() throws SQLException {
    var early = subscriber.lead();
    var late = subscriber.lead();
    var start = next(page(FEED + "?types=message.created", 2));
    try (var slow = service.login().getConnection()) {
      slow.setAutoCommit(false);
      change(slow, early);
      change(late, "status = 'read'");

      var meanwhile = page(FEED + "?types=message.read&after=" + start);
      assertThat(leadsOf(meanwhile)).isEmpty();
      slow.commit();

      var after = page(FEED + "?types=message.read&after=" + next(meanwhile), 2);
      assertThat(leadsOf(after)).containsExactly(text(early), text(late));
    }
  }

  @Test
  void a_reader_misses_nothing_of_writers_at_the_same_time_and_sees_nothing_twice() {
    var leads = IntStream.range(0, 40).mapToObj(each -> subscriber.lead()).toList();
    var cursor = next(page(FEED + "?types=message.created&limit=200", leads.size()));
    var writers =
        IntStream.range(0, 4)
            .mapToObj(
                writer ->
                    CompletableFuture.runAsync(
                        () -> {
                          for (int each = writer; each < leads.size(); each += 4) {
                            change(leads.get(each), "status = 'read'");
                          }
                        }))
            .toArray(CompletableFuture[]::new);
    var written = CompletableFuture.allOf(writers);

    var begun = Instant.now();
    var seen = new ArrayList<String>();
    while (seen.size() < leads.size()) {
      var page = page(FEED + "?types=message.read&limit=3&after=" + cursor);
      seen.addAll(leadsOf(page));
      cursor = next(page);
      assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofMinutes(1));
    }

    written.join();
    assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(texts(leads));
    assertThat(leadsOf(page(FEED + "?types=message.read&after=" + cursor))).isEmpty();
  }

  @Test
  void a_quarantined_lead_is_an_event_when_it_is_released() {
    var lead = subscriber.lead();
    change(lead, "quarantined_at = now(), quarantine_reason = 'honeypot'");
    service
        .database()
        .sql(
            "update messaging.message_events set data = '{\"quarantine\": \"honeypot\"}' where message_id = ? and type = 'message.created'")
        .param(lead)
        .update();
    var before = page(FEED + "?types=message.created");
    assertThat(leadsOf(before)).isEmpty();

    change(lead, "quarantined_at = null");

    var after = page(FEED + "?types=message.created&after=" + next(before), 1);
    assertThat(leadsOf(after)).containsExactly(text(lead));
    EventsTest.holdsAgainstTheContract(after.at("/items/0/body"), "message.created");
  }

  @Test
  void an_event_of_an_erased_lead_is_gone_and_the_reader_goes_on() {
    var erased = subscriber.lead();
    var kept = subscriber.lead();
    var start = next(page(FEED + "?limit=1", 1));
    service.database().sql("delete from public.messages where id = ?").param(erased).update();
    change(kept, "status = 'read'");
    page(FEED + "?types=message.read", 1);
    assertThat(leadsOf(page(FEED + "?after=" + start))).isNotEmpty().containsOnly(text(kept));
  }

  @Test
  void events_of_another_business_are_not_listed() {
    subscriber.lead();
    page(FEED, 1);
    var other = service.businessWithoutChannels();
    var stranger = new ApiCaller(service, service.key(other, "webhooks:read", "messages:read"));
    assertThat(stranger.ask(200, "GET", FEED, null).get("items")).isEmpty();
  }

  @Test
  void a_member_reads_events_by_the_scopes_of_webhooks() {
    subscriber.lead();
    var owner = new ApiCaller(service, service.session(subscriber.business, "owner"));
    assertThat(page(owner, FEED, 1).get("items")).isNotEmpty();
    new ApiCaller(service, service.key(subscriber.business, "webhooks:read"))
        .ask(403, "GET", FEED, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ZXZlbnRz", "ZXZlbnRzIDEgLTE", "%C3%A9"})
  void a_cursor_that_is_none_is_refused_by_name(String cursor) {
    var problem = poller.ask(400, "GET", FEED + "?after=" + cursor, null);
    assertThat(problem.at("/errors/0/field").asText()).isEqualTo("after");
    assertThat(problem.at("/errors/0/detail").asText()).contains("`next`");
  }

  @Test
  void a_cursor_ahead_of_all_events_is_refused() {
    var ahead =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("events 999999999999999999 1".getBytes());
    assertThat(
            poller.ask(400, "GET", FEED + "?after=" + ahead, null).at("/errors/0/field").asText())
        .isEqualTo("after");
  }

  @Test
  void an_unknown_type_is_refused() {
    assertThat(
            poller
                .ask(400, "GET", FEED + "?types=message.born", null)
                .at("/errors/0/field")
                .asText())
        .isEqualTo("types");
  }

  private JsonNode page(String path) {
    return poller.ask(200, "GET", path, null);
  }

  private JsonNode page(String path, int events) {
    return page(poller, path, events);
  }

  /** Waits for as many events: transactions of other tests may be under way before them. */
  private static JsonNode page(ApiCaller caller, String path, int events) {
    return await()
        .until(
            () -> caller.ask(200, "GET", path, null), page -> page.get("items").size() >= events);
  }

  private static String next(JsonNode page) {
    return page.get("next").asText();
  }

  private static List<String> leadsOf(JsonNode page) {
    return StreamSupport.stream(page.get("items").spliterator(), false)
        .map(item -> item.at("/body/data/id").asText())
        .toList();
  }

  private static List<String> texts(List<UUID> leads) {
    return leads.stream().map(UUID::toString).toList();
  }

  private static String text(UUID lead) {
    return lead.toString();
  }

  private void change(UUID lead, String how) {
    service
        .database()
        .sql("update public.messages set %s where id = ?".formatted(how))
        .param(lead)
        .update();
  }

  private static void change(Connection connection, UUID lead) throws SQLException {
    try (var update =
        connection.prepareStatement("update public.messages set status = 'read' where id = ?")) {
      update.setObject(1, lead);
      update.executeUpdate();
    }
  }
}
