package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.delivery.receipt.DeliveryReceipt;
import com.callback.messaging.delivery.receipt.ReceiptEvent;
import com.callback.messaging.platform.database.Workers.Ending;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a receipt changes, whenever it arrives. */
class RecordedReceiptsTest {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .findAndAddModules()
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();
  private static final String KIM = "Kim@example.com";

  private static Doors doors;

  private Workers workers;
  private UUID business;
  private Map<String, Object> claimed;
  private UUID delivery;

  @BeforeAll
  static void migrate() {
    doors = new Doors(TestDatabase.upToDate(), TestDatabase.LOGIN);
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @BeforeEach
  void a_mail_that_is_being_sent() {
    doors.run("delete from messaging.deliveries; delete from messaging.suppressions");
    workers = new Workers(doors);
    business = EveryDeliveryEndsTest.business(doors);
    doors.run(
        "update public.message_channels set is_enabled = channel_type = 'email' or channel_type = 'sms'");
    workers.accept(business);
    claim();
  }

  @ParameterizedTest
  @CsvSource({
    "accepted, sent",
    "deferred, sent",
    "expired, failed",
    "delivered, delivered",
    "complained, delivered",
    "unsubscribed, delivered",
    "blocked, failed",
    "bounced, failed",
    "dropped, failed",
    "undeliverable, failed",
    "resubscribed, sent"
  })
  void a_sent_delivery_becomes_what_the_table_says(String event, String state) {
    ends(Ending.TAKEN);
    record(receipt(event, 1));
    assertThat(state()).isEqualTo(state);
  }

  @ParameterizedTest
  @EnumSource(
      value = Ending.class,
      names = {"LATER", "UNKNOWN"})
  void a_delivered_settles_what_nobody_knew(Ending ending) {
    ends(ending);
    record(receipt("delivered", 1));
    assertThat(state()).isEqualTo("delivered");
    assertThat(column("outcome_unknown")).isEqualTo(false);
    assertThat(column("receipt_due_at")).isNull();
    assertThat(column("last_error")).isNull();
  }

  @Test
  void a_receipt_before_the_response_ends_the_delivery_and_the_response_changes_nothing() {
    record(receipt("delivered", 1));

    assertThat(state()).isEqualTo("delivered");
    assertThat(column("provider")).isEqualTo("sendgrid");
    assertThat(column("provider_ref")).isEqualTo("ref-1");
    assertThat(workers.recordOutcomes(List.of(workers.outcome(claimed, Ending.TAKEN)))).isEmpty();
    assertThat(workers.recordOutcomes(List.of(workers.outcome(claimed, Ending.LATER)))).isEmpty();
    assertThat(state()).isEqualTo("delivered");
  }

  @Test
  void the_same_receipts_in_any_order_and_any_batches_end_the_same() {
    for (int seed = 0; seed < 20; seed++) {
      a_mail_that_is_being_sent();
      ends(Ending.TAKEN);
      var receipts = new ArrayList<DeliveryReceipt>();
      for (var event : List.of("accepted", "deferred", "delivered", "bounced", "complained")) {
        receipts.add(receipt(event, 1));
      }
      Collections.shuffle(receipts, new Random(seed));
      var split = seed % receipts.size();
      record(receipts.subList(0, split));
      record(receipts.subList(split, receipts.size()));
      assertThat(state()).as("seed %d: %s", seed, receipts).isEqualTo("failed");
    }
  }

  @Test
  void a_bounce_after_a_delivered_fails_the_delivery_and_starts_the_fallback_once() {
    ends(Ending.TAKEN);
    record(receipt("delivered", 1));
    record(receipt("bounced", 1));
    record(receipt("bounced", 1));

    assertThat(state()).isEqualTo("failed");
    assertThat(column("last_error")).isEqualTo("It bounced: 550 5.1.1 no such user");
    assertThat(
            doors
                .admin
                .sql("select channel from messaging.deliveries where fallback_of = ?")
                .param(delivery)
                .query(String.class)
                .list())
        .containsExactly("sms");
    assertThat(receipts()).isEqualTo(2);
  }

  @Test
  void a_delivered_after_a_bounce_is_old_and_changes_nothing() {
    ends(Ending.TAKEN);
    record(receipt("bounced", 1));
    record(receipt("delivered", 1));
    assertThat(state()).isEqualTo("failed");
  }

  @Test
  void a_receipt_of_an_earlier_attempt_is_recorded_and_changes_nothing() {
    ends(Ending.LATER);
    workers.advance(Duration.ofMinutes(6));
    claim();
    ends(Ending.TAKEN);
    assertThat(column("attempts")).isEqualTo(2);

    record(receipt("bounced", 1));

    assertThat(state()).isEqualTo("sent");
    assertThat(receipts()).isEqualTo(1);
    record(receipt("delivered", 2));
    assertThat(state()).isEqualTo("delivered");
  }

  @Test
  void a_delivery_that_a_person_sends_again_is_not_failed_by_late_receipts() {
    ends(Ending.TAKEN);
    record(receipt("bounced", 1));
    doors
        .admin
        .sql(
            "update messaging.deliveries set state = 'pending', ended_at = null, attempts_before = attempts, next_attempt_at = updated_at where id = ?")
        .param(delivery)
        .update();

    record(receipt("dropped", 1));

    assertThat(state()).isEqualTo("pending");
  }

  @Test
  void a_cancelled_delivery_stays_cancelled() {
    ends(Ending.LATER);
    doors
        .admin
        .sql("update messaging.deliveries set state = 'cancelled' where id = ?")
        .param(delivery)
        .update();
    record(receipt("delivered", 1));
    assertThat(state()).isEqualTo("cancelled");
    assertThat(receipts()).isEqualTo(1);
  }

  @Test
  void a_report_without_an_id_finds_its_delivery_by_the_reference_of_the_same_provider() {
    ends(Ending.TAKEN);
    doors
        .admin
        .sql(
            "update messaging.deliveries set provider = 'sendgrid', provider_ref = 'ref-1' where id = ?")
        .param(delivery)
        .update();

    assertThat(record(by("ref-1", "touchsms", "email")).get("known").asInt()).isZero();
    assertThat(record(by("ref-1", "sendgrid", "sms")).get("known").asInt()).isZero();
    assertThat(record(by("ref-2", "sendgrid", "email")).get("known").asInt()).isZero();
    assertThat(state()).isEqualTo("sent");
    var result = record(by("ref-1", "sendgrid", "email"));
    assertThat(result.get("recorded").asInt()).isEqualTo(1);
    assertThat(result.at("/businesses/0").asText()).isEqualTo(business.toString());
    assertThat(state()).isEqualTo("delivered");
  }

  @Test
  void an_unknown_delivery_changes_nothing_and_the_rest_of_the_batch_is_recorded() {
    ends(Ending.TAKEN);
    var stranger =
        new DeliveryReceipt(
            UUID.randomUUID(),
            "email",
            "sendgrid",
            null,
            1,
            "bounced",
            "e",
            at(),
            null,
            KIM,
            "bounced");
    var result = record(List.of(stranger, receipt("delivered", 1)));
    assertThat(result.get("known").asInt()).isEqualTo(1);
    assertThat(state()).isEqualTo("delivered");
    assertThat(suppressions()).isEmpty();
  }

  @Test
  void an_address_is_suppressed_for_its_business_once_and_not_again_by_a_repeated_report() {
    ends(Ending.TAKEN);
    record(receipt("bounced", 1));
    record(receipt("complained", 1));
    assertThat(suppressions()).containsExactly("kim@example.com bounced");

    doors.run("delete from messaging.suppressions");
    record(receipt("bounced", 1));
    assertThat(suppressions()).as("removed by a person").isEmpty();
  }

  @Test
  void who_subscribes_again_is_written_to_again_unless_the_address_bounced() {
    ends(Ending.TAKEN);
    record(receipt("unsubscribed", 1));
    record(receipt("resubscribed", 1));
    assertThat(suppressions()).isEmpty();

    record(receipt("bounced", 1));
    record(
        new DeliveryReceipt(
            delivery,
            "email",
            "sendgrid",
            null,
            1,
            "resubscribed",
            "later",
            at(),
            null,
            KIM,
            null));
    assertThat(suppressions()).containsExactly("kim@example.com bounced");
  }

  private void claim() {
    claimed = workers.claim("one", "email", 1).get(0);
    delivery = (UUID) claimed.get("id");
  }

  private void ends(Ending ending) {
    workers.recordOutcomes(List.of(workers.outcome(claimed, ending)));
  }

  /** Its id is that of the event and the attempt, so that a second one is a repetition. */
  private DeliveryReceipt receipt(String event, int attempt) {
    var suppresses = List.of("bounced", "complained", "unsubscribed").contains(event);
    return new DeliveryReceipt(
        delivery,
        "email",
        "sendgrid",
        "ref-1",
        attempt,
        event,
        event + attempt,
        at(),
        event.equals("bounced") ? "550 5.1.1 no such user" : null,
        KIM,
        suppresses ? event : null);
  }

  private DeliveryReceipt by(String reference, String provider, String channel) {
    return new DeliveryReceipt(
        null, channel, provider, reference, null, "delivered", "e-1", at(), null, KIM, null);
  }

  private Instant at() {
    return workers.now();
  }

  private JsonNode record(DeliveryReceipt receipt) {
    return record(List.of(receipt));
  }

  private JsonNode record(List<DeliveryReceipt> receipts) {
    try {
      return JSON.readTree(
          (String)
              StatementFile.of("record-receipts")
                  .run(
                      doors.worker,
                      Map.of(
                          "receipts",
                          JSON.writeValueAsString(receipts),
                          "rules",
                          JSON.writeValueAsString(ReceiptEvent.rules()),
                          "bean:now?method=moment",
                          workers.now().toString()))
                  .get(0)
                  .get("result"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Object column(String name) {
    return doors
        .admin
        .sql("select " + name + " from messaging.deliveries where id = ?")
        .param(delivery)
        .query()
        .listOfRows()
        .get(0)
        .get(name);
  }

  private String state() {
    return (String) column("state");
  }

  private int receipts() {
    return doors
        .admin
        .sql("select count(*) from messaging.delivery_receipts where delivery_id = ?")
        .param(delivery)
        .query(Integer.class)
        .single();
  }

  private List<String> suppressions() {
    return doors
        .admin
        .sql(
            "select address || ' ' || reason from messaging.suppressions where business_id = ? and channel = 'email' order by address")
        .param(business)
        .query(String.class)
        .list();
  }
}
