package com.callback.messaging.inbox.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;

/** Whoever watches sees what happens, each thing once, in its order, and nothing of others. */
@ServiceTest
class StreamTest {

  @Autowired Service service;
  @Autowired MovableClock clock;
  @Autowired ProducerTemplate routes;
  @Autowired CamelContext camel;
  @Autowired Subscribers subscribers;
  @Autowired ConfigurableApplicationContext context;

  private Business business;
  private String key;

  @BeforeEach
  void a_business_and_its_key() {
    business = service.businessWithoutChannels();
    key = service.key(business, "messages:read", "messages:write");
  }

  @Test
  void a_stream_opens_again_after_the_context_was_paused() {
    // As the test framework does when a test of another context comes in between.
    context.pause();
    context.restart();
    a_lead_appears_in_the_open_stream();
  }

  @Test
  void a_lead_appears_in_the_open_stream() {
    try (var stream = Stream.open(request())) {
      assertThat(stream.answer().headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/event-stream");
      assertThat(stream.answer().headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(stream.answer().headers().firstValue("X-Accel-Buffering")).contains("no");
      stream.awaitNamed("counts", 1);
      var id = lead("Ada Lovelace");

      stream.awaitNamed("message.created", 1);
      var told = service.json(stream.named("message.created").get(0).data());
      assertThat(told.at("/message/id").asText()).isEqualTo(id);
      assertThat(told.at("/message/contactName").asText()).isEqualTo("Ada Lovelace");
      assertThat(told.at("/type").asText()).isEqualTo("message.created");
      await()
          .untilAsserted(
              () ->
                  assertThat(stream.named("counts"))
                      .last()
                      .satisfies(
                          counts ->
                              assertThat(service.json(counts.data()))
                                  .isEqualTo(
                                      service.json(
                                          "{\"unread\":1,\"waiting\":1,\"quarantined\":0}"))));
    }
  }

  @Test
  void who_asked_for_a_test_sees_it_arrive() {
    var owner = service.session(business, "owner");
    service.call("PATCH", "/api/channels/email", owner, Map.of("recipient", business.email()));
    try (var stream = Stream.open(request())) {
      var asked = service.call("POST", "/api/channels/email/test", owner, null);
      var id = service.json(asked.body()).at("/deliveries/0/id").asText();

      stream.awaitNamed("delivery.updated", 1);
      var told = service.json(stream.named("delivery.updated").get(0).data());
      assertThat(told.get("messageId").isNull()).isTrue();
      assertThat(told.at("/delivery/id").asText()).isEqualTo(id);
      assertThat(told.at("/delivery/state").asText()).isEqualTo("sent");
    }
  }

  @Test
  void changes_and_deliveries_are_told_with_what_they_are() {
    var open = service.business("http://127.0.0.1:9/nobody-answers");
    var theirKey = service.key(open, "messages:read");
    try (var stream =
        Stream.open(
            HttpRequest.newBuilder(service.at("/api/stream"))
                .header("Authorization", "Bearer " + theirKey))) {
      var id = service.lead(open, Map.of("contactName", "Ada", "contactPhone", "+61 491 570 006"));
      service
          .database()
          .sql("update public.messages set status = 'read' where id = ?")
          .param(id)
          .update();

      await()
          .atMost(Duration.ofSeconds(15))
          .untilAsserted(
              () ->
                  assertThat(stream.named("message.updated"))
                      .anyMatch(
                          event ->
                              service.json(event.data()).at("/type").asText().equals("message.read")
                                  && service
                                      .json(event.data())
                                      .at("/message/status")
                                      .asText()
                                      .equals("read")));
      await()
          .atMost(Duration.ofSeconds(15))
          .untilAsserted(
              () ->
                  assertThat(stream.named("delivery.updated"))
                      .extracting(
                          event ->
                              service.json(event.data()).at("/delivery/channel").asText()
                                  + " "
                                  + service.json(event.data()).at("/messageId").asText())
                      .contains("email " + id, "sms " + id));
    }
  }

  @Test
  void whoever_was_cut_off_gets_exactly_what_they_missed() {
    var seen = new ArrayList<String>();
    String last;
    try (var stream = Stream.open(request())) {
      seen.add(lead("Before"));
      stream.awaitNamed("message.created", 1);
      last = stream.lastId();
    }
    var missed = List.of(lead("One"), lead("Two"), lead("Three"));
    for (var resumed :
        List.of(
            request().header("Last-Event-ID", last),
            HttpRequest.newBuilder(service.at("/api/stream?lastEventId=" + last))
                .header("Authorization", "Bearer " + key))) {
      try (var stream = Stream.open(resumed)) {
        stream.awaitNamed("message.created", 3);
        assertThat(leadsOf(stream)).isEqualTo(missed);
      }
    }
  }

  @Test
  void whoever_was_cut_off_before_the_first_event_misses_nothing_either() {
    String last;
    try (var stream = Stream.open(request())) {
      last = stream.lastId();
    }
    var missed = List.of(lead("One"), lead("Two"));
    try (var stream = Stream.open(request().header("Last-Event-ID", last))) {
      stream.awaitNamed("message.created", 2);
      assertThat(leadsOf(stream)).isEqualTo(missed);
    }
  }

  /** What began before others and was committed after them is neither skipped nor told twice. */
  @Test
  void a_late_commit_is_not_skipped() throws SQLException {
    try (var stream = Stream.open(request());
        var slow = service.login().getConnection()) {
      slow.setAutoCommit(false);
      try (var event =
          slow.prepareStatement(
              "insert into messaging.message_events (business_id, type, data, created_at) values (?, 'messages.deleted', '{\"count\": 7}', now())")) {
        event.setObject(1, business.id());
        event.execute();
      }
      var between = List.of(lead("Ada"), lead("Bob"));
      await()
          .pollDelay(Duration.ofSeconds(2))
          .untilAsserted(() -> assertThat(stream.events()).as("held back").isEmpty());
      slow.commit();

      stream.awaitNamed("message.created", 2);
      stream.awaitNamed("messages.deleted", 1);
      assertThat(leadsOf(stream)).isEqualTo(between);
      assertThat(stream.events().get(0).name()).isEqualTo("messages.deleted");
    }
  }

  @Test
  void many_who_write_at_once_are_all_told_of_once() {
    try (var first = Stream.open(request());
        var second = Stream.open(request())) {
      var leads =
          IntStream.range(0, 40)
              .mapToObj(number -> CompletableFuture.supplyAsync(() -> lead("Ada " + number)))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();
      for (var stream : List.of(first, second)) {
        stream.awaitNamed("message.created", leads.size());
        assertThat(leadsOf(stream)).containsExactlyInAnyOrderElementsOf(leads);
        assertThat(stream.events()).extracting(Stream.Event::id).doesNotHaveDuplicates();
      }
      assertThat(leadsOf(first)).isEqualTo(leadsOf(second));
    }
  }

  /** The word through the broker only makes it faster. */
  @Test
  void a_lead_appears_although_no_word_of_it_came() throws Exception {
    try (var stream = Stream.open(request())) {
      camel.getRouteController().stopRoute("stream-receive");
      lead("Ada");
      stream.awaitNamed("message.created", 1);
    } finally {
      camel.getRouteController().startRoute("stream-receive");
    }
  }

  @Test
  void the_stream_of_another_business_is_silent() {
    var other = service.businessWithoutChannels();
    var theirs = service.key(other, "messages:read");
    try (var mine = Stream.open(request());
        var stream =
            Stream.open(
                HttpRequest.newBuilder(service.at("/api/stream?lastEventId=0-0"))
                    .header("Authorization", "Bearer " + theirs))) {
      lead("Ada");
      mine.awaitNamed("message.created", 1);
      await()
          .pollDelay(Duration.ofSeconds(2))
          .untilAsserted(() -> assertThat(stream.events()).isEmpty());
    }
  }

  @Test
  void a_stream_ends_with_the_key_it_was_opened_with() {
    try (var stream = Stream.open(request())) {
      routes.sendBody("direct:send-heartbeats", "");
      await().until(() -> !stream.comments().isEmpty());
      assertThat(stream.isOver()).isFalse();
      service
          .database()
          .sql("update messaging.api_keys set revoked_at = now() where prefix = ?")
          .param(key.substring(0, 12))
          .update();
      routes.sendBody("direct:send-heartbeats", "");
      await().atMost(Duration.ofSeconds(10)).until(stream::isOver);
    }
  }

  @Test
  void a_stream_ends_with_the_session_it_was_opened_with() {
    var session = service.session(business, "viewer");
    try (var stream =
        Stream.open(
            HttpRequest.newBuilder(service.at("/api/stream?business=" + business.id()))
                .header("Cookie", "callback_session=" + session))) {
      service
          .database()
          .sql(
              "update messaging.sessions set ended_at = now() where person_id in (select user_id from messaging.business_members where business_id = ?)")
          .param(business.id())
          .update();
      routes.sendBody("direct:send-heartbeats", "");
      await().atMost(Duration.ofSeconds(10)).until(stream::isOver);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "1",
        "1-",
        "-1-1",
        "1-1-1",
        "9999999999999999999-1",
        "1%27-1",
        "1.5-2"
      })
  void a_place_that_is_none_is_refused(String place) {
    var answer = service.call("GET", "/api/stream?lastEventId=" + place, key, null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("invalid-parameter");
  }

  @Test
  void too_much_missed_is_said_and_not_told() {
    var first = lead("Ada");
    service
        .database()
        .sql(
            "insert into messaging.message_events (business_id, message_id, type, created_at) select ?, ?::uuid, 'message.read', now() from generate_series(1, 10001)")
        .params(business.id(), first)
        .update();
    try (var stream = Stream.open(request().header("Last-Event-ID", "0-0"))) {
      stream.awaitNamed("reset", 1);
      var id = lead("Bob");
      stream.awaitNamed("message.created", 1);
      assertThat(leadsOf(stream)).containsExactly(id);
    }
  }

  @Test
  void more_than_waits_for_anybody_comes_all_the_same_to_one_who_missed_it() {
    String last;
    try (var stream = Stream.open(request())) {
      last = stream.lastId();
    }
    happened(1_100, "{}");
    try (var current = Stream.open(request());
        var stream = Stream.open(request().header("Last-Event-ID", last))) {
      stream.awaitNamed("messages.deleted", 1_100);
      assertThat(stream.events()).extracting(Stream.Event::id).doesNotHaveDuplicates();
      // Nor is anybody dropped who is there when so much happens at once.
      happened(1_100, "{}");
      current.awaitNamed("messages.deleted", 1_100);
      stream.awaitNamed("messages.deleted", 2_200);
    }
  }

  @Test
  void one_who_does_not_read_is_let_go_and_nobody_waits_for_them() throws IOException {
    try (var current = Stream.open(request());
        var deaf = deaf()) {
      await().until(() -> subscribers() == 2);
      happened(600, "{\"padding\": \"" + "x".repeat(20_000) + "\"}");

      current.awaitNamed("messages.deleted", 600);
      await().atMost(Duration.ofSeconds(30)).until(() -> subscribers() == 1);
      var id = lead("Ada");
      current.awaitNamed("message.created", 1);
      assertThat(leadsOf(current)).containsExactly(id);
    }
  }

  /** More streams than the web server has threads would otherwise keep everybody else out. */
  @Test
  void streams_that_nobody_reads_hold_no_thread() throws IOException {
    var sockets = new ArrayList<Socket>();
    try {
      for (int stream = 0; stream < 20; stream++) {
        sockets.add(deaf());
      }
      await().until(() -> subscribers() == 20);
      happened(600, "{\"padding\": \"" + "x".repeat(20_000) + "\"}");
      await().until(() -> threadsOfStreams().isEmpty() && stuck() == 20);
    } finally {
      for (var socket : sockets) {
        socket.close();
      }
    }
  }

  private static List<String> threadsOfStreams() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(
            thread ->
                Arrays.stream(thread.getValue())
                    .anyMatch(at -> at.getClassName().equals(Subscriber.class.getName())))
        .map(thread -> thread.getKey().getName())
        .toList();
  }

  /** How many have been told what they do not read. */
  private long stuck() {
    return subscribers.subscribers().stream()
        .filter(this::isOurs)
        .filter(
            subscriber ->
                !subscriber.isOver() && !subscriber.isUpToDate() && !subscriber.canCatchUp())
        .count();
  }

  private Socket deaf() throws IOException {
    var deaf = new Socket();
    deaf.setReceiveBufferSize(1_024);
    deaf.connect(new InetSocketAddress("127.0.0.1", service.at("/").getPort()));
    deaf.getOutputStream()
        .write(
            "GET /api/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(key)
                .getBytes(StandardCharsets.US_ASCII));
    return deaf;
  }

  private long subscribers() {
    return subscribers.subscribers().stream().filter(this::isOurs).count();
  }

  private boolean isOurs(Subscriber subscriber) {
    return subscriber.invocation().caller().businessId().equals(business.id());
  }

  private void happened(int times, String data) {
    service
        .database()
        .sql(
            "insert into messaging.message_events (business_id, type, data, created_at) select ?, 'messages.deleted', ?::jsonb, now() from generate_series(1, ?)")
        .params(business.id(), data, times)
        .update();
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(service.at("/api/stream"))
        .header("Authorization", "Bearer " + key);
  }

  private String lead(String name) {
    clock.advance(Duration.ofMillis(5));
    return service
        .lead(business, Map.of("contactName", name, "contactPhone", "+61 491 570 006"))
        .toString();
  }

  private List<String> leadsOf(Stream stream) {
    return stream.named("message.created").stream()
        .map(event -> service.json(event.data()).at("/message/id").asText())
        .toList();
  }
}
