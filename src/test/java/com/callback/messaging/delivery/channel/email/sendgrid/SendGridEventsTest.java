package com.callback.messaging.delivery.channel.email.sendgrid;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.callback.messaging.delivery.receipt.DeliveryReceipt;
import com.callback.messaging.delivery.receipt.DeliveryReceipts;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.callback.messaging.support.SendGridWebhook;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What SendGrid reports, as receipts, and which batches are refused. */
class SendGridEventsTest {

  private static final UUID DELIVERY = UUID.fromString("3f0c2f0e-6f1f-4a53-9a2e-0f7c1f4c9f10");
  private static final long NOW = 1_795_316_700L;
  private static final SendGridWebhook WEBHOOK = new SendGridWebhook();

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  @ParameterizedTest
  @CsvSource({
    "processed, , , , accepted, ",
    "deferred, , , , deferred, ",
    "delivered, , , , delivered, ",
    "bounce, bounce, 5.1.1, , bounced, bounced",
    "bounce, , 5.1.1, , bounced, bounced",
    "bounce, bounce, , , bounced, bounced",
    "bounce, bounce, 5.2.2, , bounced, ",
    "bounce, bounce, 5.7.1, , bounced, ",
    "bounce, bounce, 4.4.7, , bounced, ",
    "bounce, blocked, 5.1.1, , blocked, ",
    "dropped, , , Bounced Address, dropped, bounced",
    "dropped, , , Invalid, dropped, bounced",
    "dropped, , , Spam Reporting Address, dropped, complained",
    "dropped, , , Unsubscribed Address, dropped, unsubscribed",
    "dropped, , , Spam Content, dropped, ",
    "spamreport, , , , complained, complained",
    "unsubscribe, , , , unsubscribed, unsubscribed",
    "group_unsubscribe, , , , unsubscribed, unsubscribed",
    "group_resubscribe, , , , resubscribed, "
  })
  void an_event_becomes_the_receipt_of_the_table(
      String event, String type, String status, String reason, String receipt, String suppression) {
    var fields = new StringBuilder("\"event\":\"" + event + "\"");
    append(fields, "type", type);
    append(fields, "status", status);
    append(fields, "reason", reason);

    var read = single(fields.toString());

    assertThat(read.event()).isEqualTo(receipt);
    assertThat(read.suppression()).isEqualTo(suppression);
    assertThat(read.deliveryId()).isEqualTo(DELIVERY);
    assertThat(read.attempt()).isEqualTo(2);
    assertThat(read.channel()).isEqualTo("email");
    assertThat(read.address()).isEqualTo("kim@example.com");
    assertThat(read.eventId()).isEqualTo("ZGVsaXZlcmVkLTAtMQ");
    assertThat(read.providerRef()).isEqualTo("R1455qsAGSkiKYYviJN34A");
    assertThat(read.occurredAt()).isEqualTo(Instant.ofEpochSecond(1_795_316_645L));
  }

  private static void append(StringBuilder fields, String name, String value) {
    if (value != null) {
      fields.append(",\"%s\":\"%s\"".formatted(name, value));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "click", "account_status_change", "surprise", ""})
  void an_event_that_is_not_used_is_counted_and_left_out(String event) {
    assertThat(read("[" + object("\"event\":\"" + event + "\"") + "]")).isEmpty();
    assertThat(metrics.counter("messaging.receipts", "provider", "sendgrid", "result", "ignored"))
        .satisfies(counter -> assertThat(counter.count()).isEqualTo(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event\":\"delivered\"}",
        "{\"event\":\"delivered\",\"mid\":\"of somebody else\"}",
        "{\"event\":\"delivered\",\"mid\":7,\"sg_message_id\":[]}",
        "{\"event\":{\"a\":1},\"mid\":\"3f0c2f0e-6f1f-4a53-9a2e-0f7c1f4c9f10\"}",
        "{}"
      })
  void an_event_that_names_no_mail_is_left_out(String event) {
    assertThat(read("[" + event + "]")).isEmpty();
  }

  @Test
  void an_event_without_custom_arguments_names_its_mail_by_the_id_of_the_message() {
    var read =
        read("[{\"event\":\"delivered\",\"sg_message_id\":\"abc.filterdrecv-1\",\"timestamp\":1}]")
            .get(0);
    assertThat(read.deliveryId()).isNull();
    assertThat(read.providerRef()).isEqualTo("abc");
    assertThat(read.attempt()).isNull();
    assertThat(read.eventId()).hasSize(64);
  }

  @Test
  void a_deferred_has_an_attempt_of_its_own_that_is_not_ours() {
    assertThat(single("\"event\":\"deferred\",\"attempt\":\"9\"").attempt()).isEqualTo(2);
  }

  @Test
  void an_event_of_odd_values_is_read_all_the_same() {
    var read =
        read("[{\"event\":\"bounce\",\"mid\":\"%s\",\"timestamp\":\"soon\",\"sg_event_id\":\"%s\",\"reason\":\"%s\",\"category\":[1]}]"
                .formatted(DELIVERY, "é".repeat(300), "a\\u0000b" + "x".repeat(5_000)))
            .get(0);
    assertThat(read.occurredAt()).isEqualTo(Instant.ofEpochSecond(NOW));
    assertThat(read.eventId()).hasSize(64);
    assertThat(read.detail()).startsWith("abx").hasSize(1_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "[", "[{}", "[1]", "[{}] x", "null", "[[{}]]", "\"[]\"", "[{\"a\":}]"})
  void a_signed_body_that_is_no_array_of_objects_is_refused(String body) {
    assertThat(refusal(body.getBytes(UTF_8))).isEqualTo(SendGridEvents.UNREADABLE);
  }

  @Test
  void a_body_of_deep_nesting_is_refused() {
    assertThat(refusal(("[{\"a\":" + "[".repeat(100_000)).getBytes(UTF_8)))
        .isEqualTo(SendGridEvents.UNREADABLE);
  }

  @Test
  void more_events_than_sendgrid_sends_are_refused() {
    var most = "[" + "{},".repeat(SendGridEvents.MOST_EVENTS - 1) + "{}]";
    assertThat(read(most)).isEmpty();
    var problem = refusal(most.replace("{}]", "{},{}]").getBytes(UTF_8));
    assertThat(problem.status()).isEqualTo(413);
    assertThat(problem).isEqualTo(SendGridEvents.TOO_MANY);
  }

  @Test
  void a_forged_batch_is_refused_before_it_is_parsed() {
    var events = events(Duration.ofHours(25));
    var body = "no JSON".getBytes(UTF_8);
    var timestamp = String.valueOf(NOW);
    var signature = new SendGridWebhook().sign(timestamp, body);
    for (var headers :
        List.of(
            new String[] {signature, timestamp},
            new String[] {null, timestamp},
            new String[] {WEBHOOK.sign("soon", body), "soon"},
            new String[] {WEBHOOK.sign("-1", body), "-1"},
            new String[] {WEBHOOK.sign(timestamp, body), null})) {
      assertThat(refusal(() -> events.receipts(headers[0], headers[1], body)))
          .isEqualTo(SendGridEvents.FORGED);
    }
    assertThat(
            metrics
                .counter("messaging.receipts", "provider", "sendgrid", "result", "refused")
                .count())
        .isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "90001, 25h, true",
    "89999, 25h, false",
    "-299, 25h, false",
    "-301, 25h, true",
    "31536000, 0s, false"
  })
  void a_batch_that_was_signed_too_long_ago_is_refused(
      long age, String tolerance, boolean isRefused) {
    var events = events(Duration.parse("PT" + tolerance));
    var timestamp = String.valueOf(NOW - age);
    var body = "[]".getBytes(UTF_8);
    var signature = WEBHOOK.sign(timestamp, body);
    if (isRefused) {
      assertThat(refusal(() -> events.receipts(signature, timestamp, body)))
          .isEqualTo(SendGridEvents.STALE);
    } else {
      assertThat(events.receipts(signature, timestamp, body)).isEmpty();
    }
  }

  @Test
  void the_batches_of_sendgrids_libraries_are_read() {
    assertThat(ofLibrary(SignedBatch.DROPPED))
        .singleElement()
        .satisfies(
            receipt -> {
              assertThat(receipt.event()).isEqualTo("dropped");
              assertThat(receipt.suppression()).isEqualTo("bounced");
              assertThat(receipt.providerRef()).isEqualTo("LRzXl_NHStOGhQ4kofSm_A");
            });
    assertThat(ofLibrary(SignedBatch.BLOCKED))
        .extracting(DeliveryReceipt::event, DeliveryReceipt::suppression)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("accepted", null),
            org.assertj.core.api.Assertions.tuple("blocked", null));
  }

  private List<DeliveryReceipt> ofLibrary(SignedBatch batch) {
    return events(Duration.ZERO, batch.publicKey())
        .receipts(batch.signature(), batch.timestamp(), batch.body());
  }

  private DeliveryReceipt single(String fields) {
    return read("[" + object(fields) + "]").get(0);
  }

  private static String object(String fields) {
    return """
        {"email":"kim@example.com","timestamp":1795316645,"sg_event_id":"ZGVsaXZlcmVkLTAtMQ",
         "sg_message_id":"R1455qsAGSkiKYYviJN34A.recvd-5f9ff-9kc6l-1-673C6EB0-B.0",
         "mid":"%s","delivery_attempt":"2",%s}"""
        .formatted(DELIVERY, fields);
  }

  private List<DeliveryReceipt> read(String body) {
    var bytes = body.getBytes(UTF_8);
    var timestamp = String.valueOf(NOW);
    return events(Duration.ofHours(25)).receipts(WEBHOOK.sign(timestamp, bytes), timestamp, bytes);
  }

  private Problem refusal(byte[] body) {
    var timestamp = String.valueOf(NOW);
    return refusal(
        () ->
            events(Duration.ofHours(25)).receipts(WEBHOOK.sign(timestamp, body), timestamp, body));
  }

  private static Problem refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable request) {
    return catchThrowableOfType(RequestRefusedException.class, request).problem();
  }

  private SendGridEvents events(Duration tolerance) {
    return events(tolerance, WEBHOOK.publicKey());
  }

  private SendGridEvents events(Duration tolerance, String key) {
    try {
      return new SendGridEvents(
          new SendGridSettings("", "https://api.sendgrid.com", null, false, key, tolerance, null),
          new DeliveryReceipts(new ObjectMapper(), metrics),
          Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
