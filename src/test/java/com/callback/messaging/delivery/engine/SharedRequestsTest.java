package com.callback.messaging.delivery.engine;

import static com.callback.messaging.delivery.engine.FailureKind.PERMANENT;
import static com.callback.messaging.delivery.engine.FailureKind.TEMPORARY;
import static com.callback.messaging.delivery.engine.FailureKind.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.delivery.channel.sms.SmsBatches;
import com.callback.messaging.delivery.outbound.LentClients;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.TouchSmsServer;
import com.callback.messaging.support.TouchSmsServer.Trouble;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;

/** Messages of one request, against a strict touchSMS: each has an outcome of its own. */
@Timeout(60)
class SharedRequestsTest {

  private static final String ADA = "+61491570006";
  private static final String KIM = "+61491570156";
  private static final int MOST = 20;
  private static final long DEADLINE_MS = 700;

  private final MovableClock clock = new MovableClock();
  private final TouchSmsServer touchSms = new TouchSmsServer();
  private final OutcomeQueue outcomeQueue =
      new OutcomeQueue(new ObjectMapper().findAndRegisterModules(), Burdens.settings());
  private final StaticListableBeanFactory beans = new StaticListableBeanFactory();
  private final ClaimGate claimGate =
      new ClaimGate(beans.getBeanProvider(Admission.class), outcomeQueue);
  private final Channels channels =
      new Channels(
          new MockEnvironment()
              .withProperty("channels.sms.providers", "touchsms")
              .withProperty("channels.sms.resend-when-unknown", "false")
              .withProperty("channels.sms.refused-on", "400, 413, 422")
              .withProperty("channels.sms.schedule", "60s")
              .withProperty("channels.sms.in-flight", "" + MOST)
              .withProperty("channels.sms.batch", "" + MOST));
  private final Providers providers = Burdens.providers(channels, Burdens.hosts(clock, MOST));
  private final Leases leases = new Leases(outcomeQueue, Burdens.settings(), clock);
  private final Admission admission =
      new Admission(
          channels, Burdens.hosts(clock, MOST), providers, claimGate, outcomeQueue, leases);
  private final Reasons reasons = new Reasons();
  private final RetryPolicy retryPolicy = new RetryPolicy(channels, reasons, new Backoff(0), clock);
  private final Failed failed = new Failed();
  private final Attempts attempts =
      new Attempts(new Deliveries(), providers, retryPolicy, outcomeQueue, admission, failed);

  @BeforeEach
  void open() {
    claimGate.start();
    claimGate.answers();
  }

  @AfterEach
  void close() {
    touchSms.close();
  }

  @Test
  void a_batch_is_one_request_and_each_message_has_its_own_outcome() {
    var batch = batch(ADA, KIM, "+61255501234");

    sent(batch);

    assertThat(touchSms.requests()).hasSize(1);
    assertThat(outcomeQueue.next())
        .extracting(PendingOutcome::id)
        .containsExactlyInAnyOrder(id(batch.get(0)), id(batch.get(1)));
    assertThat(failed.attempts).hasSize(1);
    var refused = failed.attempts.element();
    assertThat(id(refused)).isEqualTo(id(batch.get(2)));
    assertThat(RetryPolicy.kind(refused.failure())).isEqualTo(PERMANENT);
    assertThat(refused.failure()).hasMessageContaining("INVALID_RECIPIENT");
    assertThat(batch.get(0).requests().get(0).answer()).doesNotContain(KIM.substring(1));
    everySlotIsFree();
  }

  @Test
  void a_request_that_is_refused_as_a_whole_is_made_again_for_each_message_alone() {
    touchSms.meets(Trouble.INVALID);
    var batch = batch(ADA, KIM);

    sent(batch);

    assertThat(touchSms.requests()).hasSize(3);
    assertThat(outcomeQueue.next()).hasSize(2);
    assertThat(touchSms.sent()).hasSize(2);
    everySlotIsFree();
  }

  @ParameterizedTest
  @EnumSource(names = {"DROPPED", "SLOW", "NOT_JSON", "NO_CREDIT"})
  void messages_that_may_have_been_sent_are_unknown_and_never_sent_again(Trouble trouble) {
    touchSms.meets(trouble);

    sent(batch(ADA, KIM));

    assertThat(outcomeQueue.unrecorded()).isEmpty();
    assertThat(failed.attempts)
        .hasSize(2)
        .allSatisfy(
            attempt -> {
              assertThat(RetryPolicy.kind(attempt.failure())).isEqualTo(UNKNOWN);
              assertThat(retryPolicy.failed(attempt.delivery(), attempt.failure()).state())
                  .isEqualTo("unknown");
            });
    assertThat(touchSms.requests()).hasSize(1);
    everySlotIsFree();
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "TOO_MANY"})
  void messages_that_were_not_taken_are_tried_again_later(Trouble trouble) {
    touchSms.meets(trouble);

    sent(batch(ADA, KIM));

    assertThat(failed.attempts)
        .hasSize(2)
        .allSatisfy(
            attempt -> assertThat(RetryPolicy.kind(attempt.failure())).isEqualTo(TEMPORARY));
    assertThat(touchSms.sent()).isEmpty();
    everySlotIsFree();
  }

  @Test
  void requests_wait_for_their_turn_instead_of_being_refused() {
    var all = new ArrayList<Attempt>();
    for (int i = 0; i < 8; i++) {
      all.addAll(batch(ADA));
    }

    sent(all);

    assertThat(failed.attempts).as("the provider takes five requests in a second").isEmpty();
    assertThat(touchSms.sent()).hasSize(8);
  }

  private void sent(List<Attempt> batch) {
    LentClients.lend(
        DEADLINE_MS,
        client -> {
          var recorder = new RequestRecorder(clock, reasons);
          new BatchSender(
                  client,
                  retryPolicy,
                  new ResponseText(),
                  recorder,
                  attempts,
                  new SharedSender(client, retryPolicy, new ResponseText(), recorder, attempts))
              .send(batch);
          await()
              .until(
                  () -> outcomeQueue.unrecorded().size() + failed.attempts.size() == batch.size());
        });
  }

  private List<Attempt> batch(String... numbers) {
    var due = new ArrayList<Map<String, Object>>();
    for (var number : numbers) {
      due.add(due(number));
    }
    var quotas = admission.quotas("sms", due);
    admission.claimed("sms", quotas, due);
    var batch = attempts.of("sms", quotas, due);
    smsOf.write(batch);
    return batch;
  }

  private final SmsBatches smsOf =
      new SmsBatches(attempts, touchSms.url(), TouchSmsServer.USER, TouchSmsServer.PASSWORD);

  private static Map<String, Object> due(String number) {
    var row = new HashMap<String, Object>();
    row.put("id", UUID.randomUUID());
    row.put("business_id", UUID.randomUUID());
    row.put("queue_id", UUID.randomUUID());
    row.put("cause", "reply");
    row.put("channel", "sms");
    row.put("attempt", 1);
    row.put("round", 1);
    row.put("attempt_limit", 0);
    row.put("leased_by", "test");
    row.put("recipient", number);
    row.put("payload", "{\"text\":\"On our way\"}");
    row.put("deliveries", 1);
    row.put("more", false);
    return row;
  }

  private static UUID id(Attempt attempt) {
    return attempt.delivery().id();
  }

  private void everySlotIsFree() {
    failed.attempts.forEach(attempts::end);
    assertThat(admission.isSending()).isFalse();
  }

  /** What the rules would decide about. */
  private static final class Failed extends WakeUps {

    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();

    Failed() {
      super(new StaticListableBeanFactory().getBeanProvider(org.apache.camel.CamelContext.class));
    }

    @Override
    void record() {}

    @Override
    void claim(String channel) {}

    @Override
    void decide(Attempt attempt) {
      attempts.add(attempt);
    }
  }
}
