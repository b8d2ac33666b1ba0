package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.FarEnd;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.RawReceiver;
import com.callback.messaging.support.RawReceiver.Script;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.data.TemporalUnitWithinOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** What becomes of a delivery whose far end does not simply say yes. */
@ServiceTest
class RedeliveryTest {

  private static final Map<String, Object> ADA =
      Map.of("contactName", "Ada", "contactPhone", "+61 491 570 006");

  @Autowired Service service;
  @Autowired MovableClock clock;

  FarEnd receiver;
  Business business;

  @BeforeEach
  void open() {
    receiver = new FarEnd();
    business = service.business(receiver.url());
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void a_temporary_failure_is_tried_again_when_its_wait_is_over() {
    receiver.answers(503, Map.of(), "later please");

    var delivery = webhookOf(service.lead(business, ADA));
    await().until(() -> attemptsOf(delivery) == 1 && stateOf(delivery).equals("pending"));
    assertThat(nextAttemptOf(delivery)).isCloseTo(clock.instant().plusSeconds(5), within(3));

    clock.advance(Duration.ofSeconds(7));

    await().until(() -> stateOf(delivery).equals("delivered"));
    assertThat(callsOf(delivery))
        .extracting(
            call -> call.get("outcome"),
            call -> call.get("status_code"),
            call -> call.get("answer"),
            call -> call.get("attempt"))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("temporary", 503, "later please", 1),
            org.assertj.core.groups.Tuple.tuple("accepted", 200, "", 2));
  }

  @Test
  void the_webhook_id_and_the_body_stay_the_same_on_every_attempt_and_only_the_signature_is_new() {
    receiver.answers(500);

    var delivery = webhookOf(service.lead(business, ADA));
    await().until(() -> attemptsOf(delivery) == 1 && stateOf(delivery).equals("pending"));
    clock.advance(Duration.ofSeconds(7));
    await().until(() -> stateOf(delivery).equals("delivered"));

    assertThat(receiver.calls()).hasSize(2);
    var first = receiver.calls().get(0);
    var second = receiver.calls().get(1);
    assertThat(second.headers().get("webhook-id"))
        .isEqualTo(first.headers().get("webhook-id"))
        .isEqualTo(delivery.toString());
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().get("webhook-timestamp"))
        .isNotEqualTo(first.headers().get("webhook-timestamp"));
    assertThat(second.headers().get("webhook-signature"))
        .isNotEqualTo(first.headers().get("webhook-signature"));
  }

  @Test
  void what_the_far_end_asks_for_is_kept() {
    receiver.answers(429, Map.of("Retry-After", "600"), "");

    var delivery = webhookOf(service.lead(business, ADA));

    await().until(() -> attemptsOf(delivery) == 1 && stateOf(delivery).equals("pending"));
    assertThat(nextAttemptOf(delivery)).isCloseTo(clock.instant().plusSeconds(600), within(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 308, 400, 401, 403, 404, 409, 422, 423})
  void a_receiver_that_says_no_during_a_deploy_has_the_call_after_it(int status) {
    receiver.answers(status, Map.of("Location", "http://127.0.0.1:1/moved"), "no");

    var delivery = webhookOf(service.lead(business, ADA));

    await().until(() -> attemptsOf(delivery) == 1 && stateOf(delivery).equals("pending"));
    assertThat(errorOf(delivery)).contains(String.valueOf(status));
    if (status < 400) {
      assertThat(errorOf(delivery)).contains("http://127.0.0.1:1/moved", "set that address");
    }
    clock.advance(Duration.ofSeconds(7));

    await().until(() -> stateOf(delivery).equals("delivered"));
    assertThat(callsOf(delivery))
        .extracting(call -> call.get("outcome"), call -> call.get("status_code"))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("temporary", status),
            org.assertj.core.groups.Tuple.tuple("accepted", 200));
  }

  static Stream<Script> successesWithABrokenBody() {
    var ok = "HTTP/1.1 200 OK\r\n";
    return Stream.of(
        says(ok + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain"),
        says(ok + "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\u001f\u008b\u0008"),
        says(ok + "Content-Encoding: deflate, nonsense\r\nContent-Length: 5\r\n\r\nplain"),
        says(ok + "Content-Type: text/plain; charset=nope\r\nContent-Length: 5\r\n\r\nplain"),
        says(ok + "Content-Type: ;;charset=\r\nContent-Length: 2\r\n\r\n\u00ff\u00fe"),
        says(ok + "Transfer-Encoding: chunked\r\n\r\nnonsense\r\nmore"),
        says(ok + "Content-Length: 500\r\n\r\ncut off"),
        wire -> wire.say(ok + "Content-Length: 500\r\n\r\ncut off").reset());
  }

  @ParameterizedTest
  @MethodSource("successesWithABrokenBody")
  void a_2xx_is_a_success_whatever_is_wrong_with_its_body(Script script) {
    try (var broken = RawReceiver.answering(script)) {
      business = service.business(broken.url());

      var delivery = webhookOf(service.lead(business, ADA));

      await().until(() -> stateOf(delivery).equals("delivered"));
      assertThat(callsOf(delivery))
          .singleElement()
          .satisfies(
              call ->
                  assertThat(call)
                      .containsEntry("outcome", "accepted")
                      .containsEntry("status_code", 200));
      assertThat(broken.heads()).hasSize(1);
    }
  }

  private static Script says(String answer) {
    return wire -> {
      wire.say(answer);
      wire.hangUp();
    };
  }

  @Test
  void a_receiver_has_as_long_for_its_answer_as_the_guide_says(
      @Value("${delivery.response-timeout-ms}") long forTheAnswer,
      @Value("${delivery.connect-timeout-ms}") long toConnect,
      @Value("${delivery.deadline-ms}") long forAll)
      throws Exception {
    assertThat(Files.readString(Path.of("docs/receive-webhooks.md")))
        .contains("any 2xx within %d seconds".formatted(forTheAnswer / 1_000));
    assertThat(forAll).isGreaterThanOrEqualTo(toConnect + forTheAnswer);
  }

  @Test
  void a_delivery_that_never_works_ends_as_failed_after_its_attempts() {
    for (int i = 0; i < 10; i++) {
      receiver.answers(500);
    }

    var delivery = webhookOf(service.lead(business, ADA));
    for (int attempt = 1; attempt <= 9; attempt++) {
      var made = attempt;
      await().until(() -> attemptsOf(delivery) == made && stateOf(delivery).equals("pending"));
      clock.advanceTo(nextAttemptOf(delivery).plusSeconds(1));
    }

    await().until(() -> stateOf(delivery).equals("failed"));
    assertThat(attemptsOf(delivery)).isEqualTo(10);
    assertThat(callsOf(delivery)).hasSize(10);
    clock.advance(Duration.ofDays(2));
    assertThat(receiver.calls()).hasSize(10);
  }

  @Test
  void where_no_connection_comes_about_one_more_call_is_made_at_once_and_both_are_noted()
      throws Exception {
    int nobody;
    try (var port = new ServerSocket(0)) {
      nobody = port.getLocalPort();
    }
    business = service.business("http://127.0.0.1:" + nobody + "/");

    var delivery = webhookOf(service.lead(business, ADA));

    await().until(() -> attemptsOf(delivery) == 1 && stateOf(delivery).equals("pending"));
    assertThat(callsOf(delivery))
        .hasSize(2)
        .allSatisfy(
            call ->
                assertThat(call).containsEntry("attempt", 1).containsEntry("outcome", "temporary"));
    assertThat(errorOf(delivery)).isEqualTo("No connection could be made");
  }

  @Test
  void a_cut_connection_is_called_unknown_and_a_webhook_is_sent_again() {
    receiver.answers(0);

    var delivery = webhookOf(service.lead(business, ADA));
    // The client itself repeats a call on a connection it had kept open, so the cut may be healed
    // unseen.
    await().until(() -> attemptsOf(delivery) >= 1 && !stateOf(delivery).equals("sending"));
    clock.advance(Duration.ofSeconds(7));

    await().until(() -> stateOf(delivery).equals("delivered"));
    assertThat(receiver.calls()).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void a_delivery_whose_worker_died_is_sent_when_its_lease_runs_out() {
    receiver.hang();
    var delivery = webhookOf(service.lead(business, ADA));
    await().until(() -> receiver.calls().size() == 1);
    // As if another instance had taken it and died.
    service
        .database()
        .sql("update messaging.deliveries set leased_by = 'dead', lease_until = ? where id = ?")
        .params(Timestamp.from(clock.instant().plusSeconds(45)), delivery)
        .update();
    receiver.letGo();
    await().until(() -> callsOf(delivery).size() == 1);
    assertThat(stateOf(delivery))
        .as("only the holder of the lease may settle")
        .isEqualTo("sending");

    clock.advance(Duration.ofSeconds(46));

    await().until(() -> stateOf(delivery).equals("delivered"));
    assertThat(attemptsOf(delivery)).isEqualTo(2);
  }

  @Test
  void a_far_end_that_hangs_holds_up_no_other_channel_and_no_other_lead() {
    receiver.hang();
    var stuck = service.lead(business, ADA);
    var other = service.business();
    var fine = service.lead(other, ADA);

    await()
        .until(
            () ->
                statesOf(stuck)
                    .equals(Map.of("email", "sent", "sms", "sent", "webhook", "sending")));
    await()
        .until(
            () ->
                statesOf(fine)
                    .equals(Map.of("email", "sent", "sms", "sent", "webhook", "delivered")));

    receiver.letGo();
    await().until(() -> statesOf(stuck).get("webhook").equals("delivered"));
  }

  @Test
  void an_answer_is_kept_up_to_its_limit_and_without_what_cannot_be_stored() {
    receiver.answers(500, Map.of(), "\u0000é".repeat(30_000));

    var delivery = webhookOf(service.lead(business, ADA));

    await().until(() -> attemptsOf(delivery) == 1 && stateOf(delivery).equals("pending"));
    var answer = (String) callsOf(delivery).get(0).get("answer");
    assertThat(answer).startsWith("éé").doesNotContain("\u0000");
    assertThat(answer.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .hasSizeBetween(10_000, 20_000);
  }

  @Test
  void the_status_of_the_message_follows_its_deliveries() {
    var lead = service.lead(business, ADA);

    await()
        .until(
            () ->
                statesOf(lead)
                    .equals(Map.of("email", "sent", "sms", "sent", "webhook", "delivered")));
    var message =
        service
            .database()
            .sql(
                "select email_status, sms_status, email_sent_at is not null as at from public.messages where id = ?")
            .param(lead)
            .query()
            .singleRow();
    assertThat(message)
        .containsEntry("email_status", "sent")
        .containsEntry("sms_status", "sent")
        .containsEntry("at", true);
  }

  @Test
  void a_business_without_an_address_gets_a_failed_delivery_that_says_what_to_set() {
    service
        .database()
        .sql(
            "update public.message_channels set config = '{}' where business_id = ? and channel_type = 'email'")
        .param(business.id())
        .update();

    var lead = service.lead(business, ADA);

    await().until(() -> "failed".equals(statesOf(lead).get("email")));
    var error =
        service
            .database()
            .sql(
                "select last_error from messaging.deliveries where message_id = ? and channel = 'email'")
            .param(lead)
            .query(String.class)
            .single();
    assertThat(error).contains("set \"to\"");
  }

  @Test
  void an_answer_without_end_is_cut_off_and_counts_by_its_status() {
    receiver.answersWithoutEnd(200);

    var delivery = webhookOf(service.lead(business, ADA));

    await().until(() -> stateOf(delivery).equals("delivered"));
    assertThat((String) callsOf(delivery).get(0).get("answer")).hasSize(20_000);
  }

  @Test
  void an_answer_in_a_charset_that_does_not_exist_is_an_answer() {
    receiver.answers(200, Map.of("Content-Type", "text/html; charset=nope"), "fine");

    var delivery = webhookOf(service.lead(business, ADA));

    await().until(() -> stateOf(delivery).equals("delivered"));
    assertThat(callsOf(delivery))
        .singleElement()
        .satisfies(call -> assertThat(call).containsEntry("answer", "fine"));
  }

  @Test
  void an_address_that_is_none_fails_for_good_and_says_so() {
    service
        .database()
        .sql(
            "update messaging.webhook_subscriptions set url = 'ftp://127.0.0.1/x y' where business_id = ?")
        .param(business.id())
        .update();

    var delivery = webhookOf(service.lead(business, ADA));

    await().until(() -> stateOf(delivery).equals("failed"));
    assertThat(errorOf(delivery)).contains("https://");
  }

  @Test
  void a_lead_that_somebody_else_wrote_into_the_table_is_read_whatever_it_holds() {
    receiver.answers(500);
    var lead = service.lead(business, ADA);
    var delivery = webhookOf(lead);
    await().until(() -> attemptsOf(delivery) == 1 && stateOf(delivery).equals("pending"));
    service
        .database()
        .sql("update public.messages set metadata = '{\"n\": 1e2000}'::jsonb where id = ?")
        .param(lead)
        .update();

    clock.advance(Duration.ofSeconds(7));

    await().until(() -> stateOf(delivery).equals("delivered"));
    assertThat(receiver.calls().get(1).body()).contains("\"n\":1");
  }

  private static TemporalUnitWithinOffset within(int seconds) {
    return new TemporalUnitWithinOffset(seconds, java.time.temporal.ChronoUnit.SECONDS);
  }

  private UUID webhookOf(UUID lead) {
    return service
        .database()
        .sql("select id from messaging.deliveries where message_id = ? and channel = 'webhook'")
        .param(lead)
        .query(UUID.class)
        .single();
  }

  private Map<String, String> statesOf(UUID lead) {
    var states = new java.util.TreeMap<String, String>();
    service
        .database()
        .sql("select channel, state from messaging.deliveries where message_id = ?")
        .param(lead)
        .query(
            row -> {
              states.put(row.getString(1), row.getString(2));
            });
    return states;
  }

  private String stateOf(UUID delivery) {
    return (String) column(delivery, "state");
  }

  private int attemptsOf(UUID delivery) {
    return (int) column(delivery, "attempts");
  }

  private String errorOf(UUID delivery) {
    return (String) column(delivery, "last_error");
  }

  private Instant nextAttemptOf(UUID delivery) {
    return ((Timestamp) column(delivery, "next_attempt_at")).toInstant();
  }

  private Object column(UUID delivery, String name) {
    return service
        .database()
        .sql("select " + name + " from messaging.deliveries where id = ?")
        .param(delivery)
        .query()
        .singleValue();
  }

  private List<Map<String, Object>> callsOf(UUID delivery) {
    return service
        .database()
        .sql(
            "select attempt, outcome, status_code, answer, error from messaging.delivery_attempts where delivery_id = ? order by id")
        .param(delivery)
        .query()
        .listOfRows();
  }
}
