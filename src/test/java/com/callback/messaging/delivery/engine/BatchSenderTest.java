package com.callback.messaging.delivery.engine;

import static com.callback.messaging.delivery.engine.FailureKind.GONE;
import static com.callback.messaging.delivery.engine.FailureKind.PERMANENT;
import static com.callback.messaging.delivery.engine.FailureKind.TEMPORARY;
import static com.callback.messaging.delivery.engine.FailureKind.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.delivery.outbound.LentClients;
import com.callback.messaging.support.FarEnd;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.RawReceiver;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;

/**
 * Batches against real sockets. Whatever becomes of an attempt, its concurrency slot comes back
 * once: what is accepted is recorded, and what fails is handed to a route, here to a queue.
 */
@Timeout(60)
class BatchSenderTest {

  private static final long DEADLINE_MS = 500;
  private static final long FAR_MS = 20_000;
  private static final int MOST = 20;
  private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/json");

  private final MovableClock clock = new MovableClock();
  private final OutcomeQueue outcomeQueue =
      new OutcomeQueue(new ObjectMapper().findAndRegisterModules(), Burdens.settings());
  private final StaticListableBeanFactory beans = new StaticListableBeanFactory();
  private final ClaimGate claimGate =
      new ClaimGate(beans.getBeanProvider(Admission.class), outcomeQueue);
  private final Channels channels =
      new Channels(
          new MockEnvironment()
              .withProperty("channels.webhook.providers", "http")
              .withProperty("channels.webhook.accepted-as", "delivered")
              .withProperty("channels.webhook.gone-on", "410")
              .withProperty("channels.webhook.in-flight", "" + MOST)
              .withProperty("channels.webhook.batch", "" + MOST)
              .withProperty("channels.sms.providers", "touchsms")
              .withProperty("channels.sms.accepted-as", "sent")
              .withProperty("channels.sms.resend-when-unknown", "false")
              .withProperty("channels.sms.refused-on", "400")
              .withProperty("channels.sms.in-flight", "" + MOST)
              .withProperty("channels.sms.batch", "" + MOST));
  private final Hosts hosts = Burdens.hosts(clock, MOST);
  private final Providers providers = Burdens.providers(channels, hosts);
  private final Leases leases = new Leases(outcomeQueue, Burdens.settings(), clock);
  private final Admission admission =
      new Admission(channels, hosts, providers, claimGate, outcomeQueue, leases);
  private final Reasons reasons = new Reasons();
  private final RetryPolicy retryPolicy = new RetryPolicy(channels, reasons, new Backoff(0), clock);
  private final Woken woken = new Woken();
  private final Attempts attempts =
      new Attempts(new Deliveries(), providers, retryPolicy, outcomeQueue, admission, woken);

  @BeforeEach
  void open() {
    claimGate.start();
    claimGate.answers();
  }

  @Test
  void accepted_requests_are_recorded_with_what_was_answered_and_need_no_exchange() {
    try (var receiver = new FarEnd().usually(202, Map.of(), "thanks")) {
      var batch = batch(receiver.url(), receiver.url(), receiver.url());
      sent(FAR_MS, batch, () -> outcomeQueue.unrecorded().size() == 3);

      assertThat(woken.failed).isEmpty();
      assertThat(woken.records).isEqualTo(3);
      assertThat(outcomeQueue.next())
          .hasSize(3)
          .allSatisfy(
              outcome -> {
                assertThat(outcome.state()).isEqualTo("delivered");
                assertThat(outcome.provider()).isEqualTo("http");
                assertThat(outcome.requests()).hasSize(1);
                assertThat(outcome.requests().get(0).outcome()).isEqualTo("accepted");
                assertThat(outcome.requests().get(0).statusCode()).isEqualTo(202);
                assertThat(outcome.requests().get(0).answer()).isEqualTo("thanks");
              });
      everySlotIsFree();
    }
  }

  @Test
  void a_500_and_a_410_fail_as_the_rules_say_with_the_status_on_the_attempt() {
    try (var receiver = new FarEnd().answers(500, Map.of(), "no").usually(410, Map.of(), "")) {
      var broken = failed(FAR_MS, batch(receiver.url()));
      assertThat(RetryPolicy.kind(broken.failure())).isEqualTo(TEMPORARY);
      assertThat(broken.requests().get(0).statusCode()).isEqualTo(500);
      assertThat(broken.requests().get(0).answer()).isEqualTo("no");

      var gone = failed(FAR_MS, batch(receiver.url()));
      assertThat(RetryPolicy.kind(gone.failure())).isEqualTo(GONE);
      assertThat(retryPolicy.failed(gone.delivery(), gone.failure()).gone()).isTrue();
    }
  }

  @Test
  void a_refused_connection_is_worth_an_immediate_retry_and_the_retry_is_a_request_of_its_own() {
    var port = freePort();
    var attempt = failed(FAR_MS, batch("http://127.0.0.1:" + port + "/"), false);
    assertThat(retryPolicy.isWorthAnImmediateRetry(attempt.failure())).isTrue();
    assertThat(attempt.requests().get(0).connected()).isFalse();

    with(
        FAR_MS,
        sender -> {
          assertThatThrownBy(() -> sender.response(attempt).toCompletableFuture().get())
              .as("the failure that is known")
              .cause()
              .isInstanceOf(java.net.ConnectException.class);
          assertThat(attempt.requests()).hasSize(1);
          assertThatThrownBy(() -> sender.response(attempt).toCompletableFuture().get())
              .as("the failure of another request")
              .cause()
              .isInstanceOf(java.net.ConnectException.class);
        });

    assertThat(attempt.requests()).hasSize(2);
    assertThat(admission.isSending()).as("it is still under way").isTrue();
    endsOnce(attempt);
  }

  @Test
  void a_receiver_that_hangs_ends_at_the_deadline_and_may_have_taken_it() {
    try (var receiver = new FarEnd()) {
      receiver.hang();
      var attempt = failed(DEADLINE_MS, batch(receiver.url()));
      assertThat(RetryPolicy.kind(attempt.failure())).isEqualTo(UNKNOWN);
      assertThat(retryPolicy.isWorthAnImmediateRetry(attempt.failure())).isFalse();
      assertThat(attempt.requests().get(0).connected()).isTrue();
    }
  }

  @Test
  void a_connection_that_is_reset_after_the_request_may_have_taken_it() {
    try (var receiver = RawReceiver.answering(RawReceiver.Wire::reset)) {
      var attempt = failed(FAR_MS, batch(receiver.url()));
      assertThat(RetryPolicy.kind(attempt.failure())).isEqualTo(UNKNOWN);
    }
  }

  @Test
  void a_drip_and_an_endless_response_count_by_their_status() {
    try (var drip = RawReceiver.answering(wire -> wire.say("HTTP/1.1 200 OK\r\n\r\n").drip("x"));
        var endless = new FarEnd().answersWithoutEnd(200)) {
      sent(
          DEADLINE_MS,
          batch(drip.url(), endless.url()),
          () -> outcomeQueue.unrecorded().size() == 2);
      assertThat(woken.failed).isEmpty();
      everySlotIsFree();
    }
  }

  @Test
  void a_redirect_is_not_followed() {
    try (var elsewhere = new FarEnd();
        var receiver = new FarEnd().answers(307, Map.of("Location", elsewhere.url()), "")) {
      var attempt = failed(FAR_MS, batch(receiver.url()));
      assertThat(reasons.of(attempt.failure())).contains(elsewhere.url());
      assertThat(elsewhere.calls()).isEmpty();
    }
  }

  @Test
  void an_address_that_is_refused_at_the_connect_is_the_operators_to_allow() {
    var attempt = failed(FAR_MS, batch("http://10.0.0.1/"));
    assertThat(attempt.failure()).isInstanceOf(RefusedBySettingsException.class);
    assertThat(RetryPolicy.kind(attempt.failure())).isEqualTo(TEMPORARY);
  }

  @Test
  void one_of_three_that_cannot_be_written_fails_alone_and_without_a_request() {
    try (var receiver = new FarEnd()) {
      var batch = batch(receiver.url(), receiver.url(), receiver.url());
      batch
          .get(1)
          .write(
              () -> {
                throw new NeverDeliverableException("It has no secret.");
              });

      sent(FAR_MS, batch, () -> outcomeQueue.unrecorded().size() == 2 && woken.failed.size() == 1);

      var bad = woken.failed.remove();
      assertThat(bad.failure()).hasMessage("It has no secret.");
      assertThat(bad.requests()).isEmpty();
      assertThat(receiver.calls()).hasSize(2);
      endsOnce(bad);
    }
  }

  @Test
  void each_message_of_a_batch_to_a_provider_fares_by_its_own_response() {
    try (var provider = new FarEnd().usually(200, Map.of(), "ref")) {
      provider
          .answersTo("refused", 400, Map.of(), "")
          .answersTo("nobody", 200, Map.of(), "no such number")
          .answersTo("too many", 429, Map.of("Retry-After", "7"), "")
          .answersTo("broken off", 0, Map.of(), "");
      var batch =
          messages(provider.url(), "one", "refused", "nobody", "too many", "broken off", "two");

      sent(FAR_MS, batch, () -> outcomeQueue.unrecorded().size() == 2 && woken.failed.size() == 4);

      assertThat(outcomeQueue.next())
          .extracting(PendingOutcome::id, PendingOutcome::state, PendingOutcome::providerRef)
          .containsExactlyInAnyOrder(
              tuple(id(batch, 0), "sent", "ref"), tuple(id(batch, 5), "sent", "ref"));
      var kinds = new HashMap<UUID, FailureKind>();
      woken.failed.forEach(
          each -> kinds.put(each.delivery().id(), RetryPolicy.kind(each.failure())));
      assertThat(kinds)
          .containsOnly(
              entry(id(batch, 1), PERMANENT),
              entry(id(batch, 2), PERMANENT),
              entry(id(batch, 3), TEMPORARY),
              entry(id(batch, 4), UNKNOWN));
      assertThat(batch.get(2).requests().get(0).outcome()).isEqualTo("permanent");
      assertThat(batch.get(3).requests().get(0).statusCode()).isEqualTo(429);
      assertThat(provider.calls()).as("no request is made twice").hasSize(6);
      woken.failed.forEach(attempts::end);
      everySlotIsFree();
    }
  }

  @Test
  void a_message_without_a_response_at_the_deadline_is_unknown_and_the_others_are_sent() {
    try (var provider = RawReceiver.answering(wire -> wire.drip("\0"));
        var well = new FarEnd()) {
      var batch = new ArrayList<>(messages(well.url(), "one"));
      batch.addAll(0, messages(provider.url(), "hangs"));

      sent(
          DEADLINE_MS,
          batch,
          () -> outcomeQueue.unrecorded().size() == 1 && woken.failed.size() == 1);

      var hung = woken.failed.remove();
      assertThat(retryPolicy.failed(hung.delivery(), hung.failure()).state()).isEqualTo("unknown");
      assertThat(provider.heads()).hasSize(1);
      attempts.end(hung);
      everySlotIsFree();
    }
  }

  @Test
  void a_response_that_cannot_be_read_is_recorded_with_what_its_failure_means() {
    try (var provider = new FarEnd()) {
      var batch = messages(provider.url(), "one");
      batch
          .get(0)
          .write(
              () ->
                  OutgoingRequest.toProvider(
                      provider.url(),
                      HEADERS,
                      body("one"),
                      response -> {
                        throw new EOFException();
                      },
                      null));

      sent(FAR_MS, batch, () -> woken.failed.size() == 1);

      assertThat(batch.get(0).requests().get(0).outcome()).isEqualTo("unknown");
      woken.failed.forEach(attempts::end);
      everySlotIsFree();
    }
  }

  @Test
  void an_error_of_the_client_fails_its_attempt_and_no_slot_is_lost() {
    var batch = batch("http://127.0.0.1/", "http://127.0.0.1/", "http://127.0.0.1/");
    var errors = new ArrayList<Throwable>();
    var sender =
        sender(
            (request, mayArriveTwice) -> {
              throw new NoClassDefFoundError("each time");
            });

    sender.send(batch);

    woken.failed.forEach(attempt -> errors.add(attempt.failure()));
    assertThat(errors).hasSize(3).allMatch(NoClassDefFoundError.class::isInstance);
    woken.failed.forEach(attempts::end);
    everySlotIsFree();
  }

  @Test
  void a_failure_that_cannot_be_handed_over_gives_its_slot_back() {
    woken.isBroken = true;
    var batch = batch("http://10.0.0.1/");
    sent(FAR_MS, batch, () -> !admission.isSending());
    everySlotIsFree();
  }

  @Test
  void a_batch_that_breaks_off_before_it_is_sent_gives_all_slots_back() {
    var batch = batch("http://127.0.0.1/", "http://127.0.0.1/");
    attempts.endUnsent(batch);
    everySlotIsFree();
  }

  @Test
  void what_is_under_way_is_not_ended_with_its_batch() {
    var batch = batch("http://127.0.0.1/");
    sender((request, mayArriveTwice) -> new CompletableFuture<>()).send(batch);
    attempts.endUnsent(batch);
    assertThat(admission.inFlight("webhook")).isEqualTo(1);
  }

  @Test
  void a_channel_with_more_waiting_is_woken_when_there_is_room() {
    try (var receiver = new FarEnd()) {
      var rows = Stream.of(receiver.url()).map(BatchSenderTest::due).toList();
      rows.get(0).put("more", true);
      sent(FAR_MS, batch(rows), () -> woken.claims > 0);
      everySlotIsFree();
    }
  }

  /** The one failure of a batch of one. */
  private Attempt failed(long deadlineMs, List<Attempt> batch) {
    return failed(deadlineMs, batch, true);
  }

  private Attempt failed(long deadlineMs, List<Attempt> batch, boolean ends) {
    sent(deadlineMs, batch, () -> !woken.failed.isEmpty());
    assertThat(outcomeQueue.unrecorded()).as("nothing was accepted").isEmpty();
    var failed = woken.failed.remove();
    assertThat(admission.inFlight("webhook")).as("the route ends it").isEqualTo(1);
    if (ends) {
      endsOnce(failed);
    }
    return failed;
  }

  private void endsOnce(Attempt attempt) {
    attempts.end(attempt);
    attempts.end(attempt);
    everySlotIsFree();
  }

  private void everySlotIsFree() {
    assertThat(admission.isSending()).isFalse();
    assertThat(heldLeases()).isEqualTo(outcomeQueue.unrecorded().size());
  }

  private int heldLeases() {
    try {
      return new ObjectMapper().readTree((String) leases.row().get("held")).size();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private void sent(
      long deadlineMs, List<Attempt> batch, java.util.concurrent.Callable<Boolean> until) {
    with(
        deadlineMs,
        sender -> {
          sender.send(batch);
          await().until(until);
        });
  }

  private void with(long deadlineMs, Consumer<BatchSender> use) {
    LentClients.lend(deadlineMs, client -> use.accept(sender(client)));
  }

  private BatchSender sender(AsyncClient client) {
    var recorder = new RequestRecorder(clock, reasons);
    return new BatchSender(
        client,
        retryPolicy,
        new ResponseText(),
        recorder,
        attempts,
        new SharedSender(client, retryPolicy, new ResponseText(), recorder, attempts));
  }

  private List<Attempt> batch(String... urls) {
    return batch(Stream.of(urls).map(BatchSenderTest::due).toList());
  }

  private List<Attempt> batch(List<Map<String, Object>> due) {
    var batch = claimed("webhook", due);
    for (int i = 0; i < due.size(); i++) {
      var url = (String) due.get(i).get("url");
      batch.get(i).write(() -> OutgoingRequest.toCustomer(url, HEADERS, body("{}")));
    }
    return batch;
  }

  /** To a provider that gives the text of its response as the reference, or refuses in it. */
  private List<Attempt> messages(String url, String... texts) {
    var due = Stream.of(texts).map(text -> due("sms", url)).toList();
    var batch = claimed("sms", due);
    for (int i = 0; i < texts.length; i++) {
      var text = texts[i];
      batch
          .get(i)
          .write(
              () ->
                  OutgoingRequest.toProvider(
                      url, HEADERS, body(text), BatchSenderTest::reference, null));
    }
    return batch;
  }

  private static String reference(byte[] response) {
    var text = new String(response, StandardCharsets.UTF_8);
    if (text.equals("no such number")) {
      throw new NeverDeliverableException(text);
    }
    return text;
  }

  private static UUID id(List<Attempt> batch, int index) {
    return batch.get(index).delivery().id();
  }

  private static byte[] body(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<Attempt> claimed(String channel, List<Map<String, Object>> due) {
    var quotas = admission.quotas(channel, due);
    assertThat(quotas.all()).hasSize(due.size());
    admission.claimed(channel, quotas, due);
    return attempts.of(channel, quotas, due);
  }

  private static Map<String, Object> due(String url) {
    return due("webhook", url);
  }

  /** A row of the look and of the claim in one. */
  private static Map<String, Object> due(String channel, String url) {
    var row = new HashMap<String, Object>();
    row.put("id", UUID.randomUUID());
    row.put("business_id", UUID.randomUUID());
    row.put("queue_id", UUID.randomUUID());
    row.put("cause", "lead");
    row.put("channel", channel);
    row.put("attempt", 1);
    row.put("round", 1);
    row.put("attempt_limit", 0);
    row.put("leased_by", "test");
    row.put("deliveries", 1);
    row.put("more", false);
    row.put("url", url);
    return row;
  }

  private static int freePort() {
    var nobody = new FarEnd();
    nobody.close();
    return URI.create(nobody.url()).getPort();
  }

  /** What routes would be woken for. */
  private static final class Woken extends WakeUps {

    private final Queue<Attempt> failed = new ConcurrentLinkedQueue<>();
    private volatile boolean isBroken;
    private volatile int records;
    private volatile int claims;

    Woken() {
      super(new StaticListableBeanFactory().getBeanProvider(org.apache.camel.CamelContext.class));
    }

    @Override
    synchronized void record() {
      records++;
    }

    @Override
    synchronized void claim(String channel) {
      claims++;
    }

    @Override
    void decide(Attempt attempt) {
      if (isBroken) {
        throw new IllegalStateException("The queue is full");
      }
      failed.add(attempt);
    }
  }
}
