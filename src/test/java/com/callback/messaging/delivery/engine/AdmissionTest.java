package com.callback.messaging.delivery.engine;

import static com.callback.messaging.delivery.engine.Burdens.PER_HOST;
import static com.callback.messaging.delivery.engine.Burdens.delivery;
import static com.callback.messaging.delivery.engine.Burdens.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

/**
 * Five slots for webhooks, one of them reserved for who has none; three calls at once to a host.
 */
class AdmissionTest extends AdmissionSetup {

  private static final List<RequestRecord> TAKEN = request("accepted", 200, 10);

  private final Channels channels =
      new Channels(
          new MockEnvironment()
              .withProperty("channels.webhook.providers", "http")
              .withProperty("channels.webhook.in-flight", "5")
              .withProperty("channels.webhook.batch", "4")
              .withProperty("channels.email.providers", "smtp")
              .withProperty("channels.email.in-flight", "20")
              .withProperty("channels.email.batch", "20"));
  private final Admission admission =
      new Admission(
          channels, hosts, Burdens.providers(channels, hosts), claimGate, outcomeQueue, leases);

  private final Map<String, Object> a = queue("https://a.example/hook", 10);
  private final Map<String, Object> b = queue("https://b.example/hook", 10);

  @Test
  void as_many_are_granted_as_there_are_slots_and_each_business_its_share() throws Exception {
    var quotas = admission.quotas("webhook", List.of(a, b));

    assertThat(quotas.all()).extracting(ClaimQuotas.Quota::most).containsExactly(2, 2);
    assertThat(quotas.json()).contains("\"most\":2", a.get("queue_id").toString());
    assertThat(quotas.empty()).isFalse();
    assertThat(admission.inFlight("webhook")).isEqualTo(4);
    assertThat(admission.isSending()).isTrue();
    assertThat(admission.quotas("webhook", List.of(a, b)).empty()).isTrue();
  }

  @Test
  void a_host_gets_no_more_than_it_can_bear() {
    assertThat(admission.quotas("webhook", List.of(a)).all())
        .extracting(ClaimQuotas.Quota::most)
        .containsExactly(PER_HOST);
  }

  @Test
  void a_host_that_rests_gets_nothing_and_the_others_its_slots() {
    for (int i = 0; i < 4; i++) {
      hosts.tryAcquire(target(a, "a.example:-1"), true);
      hosts.done(target(a, "a.example:-1"), request("temporary", null, 10));
    }

    assertThat(admission.quotas("webhook", List.of(a, b)).all())
        .extracting(ClaimQuotas.Quota::host)
        .containsExactly("b.example:-1");
  }

  @Test
  void slots_come_back_when_the_claim_failed() {
    var quotas = admission.quotas("webhook", List.of(a, b));

    admission.claimed("webhook", quotas, null);

    everyPlaceIsFree();
  }

  @Test
  void slots_come_back_for_what_others_were_faster_to_claim() {
    var quotas = admission.quotas("webhook", List.of(a, b));

    admission.claimed("webhook", quotas, List.of(a));

    assertThat(admission.inFlight("webhook")).isEqualTo(1);
    admission.done("webhook", quotas, a, null, TAKEN);
    everyPlaceIsFree();
  }

  @Test
  void slots_come_back_whatever_came_of_the_deliveries() {
    var quotas = admission.quotas("webhook", List.of(a, b));
    var claimed = List.of(a, a, b, b);
    admission.claimed("webhook", quotas, claimed);
    assertThat(admission.inFlight("webhook")).isEqualTo(4);

    claimed.forEach(row -> admission.done("webhook", quotas, row, null, List.of()));

    everyPlaceIsFree();
  }

  @Test
  void a_delivery_of_a_queue_that_was_not_granted_gives_its_slot_back_too() {
    var quotas = admission.quotas("webhook", List.of(a));
    admission.done("webhook", quotas, b, null, TAKEN);
    assertThat(admission.inFlight("webhook")).isEqualTo(PER_HOST - 1);
  }

  @Test
  void what_goes_through_a_provider_does_not_count_against_a_host() {
    var queue = queue(null, 20);
    for (int i = 0; i < 10; i++) {
      var quotas = admission.quotas("email", List.of(queue));
      assertThat(quotas.all()).extracting(ClaimQuotas.Quota::host).containsExactly("email");
      var claimed = new ArrayList<Map<String, Object>>();
      IntStream.range(0, quotas.all().get(0).most()).forEach(n -> claimed.add(queue));
      admission.claimed("email", quotas, claimed);
      claimed.forEach(
          row -> admission.done("email", quotas, row, null, request("temporary", null, 10)));
    }
    assertThat(hosts.isOpen("email")).isFalse();
    assertThat(admission.inFlight("email")).isZero();
  }

  @Test
  void what_is_not_yet_recorded_takes_slots() {
    IntStream.range(0, 5)
        .forEach(
            n ->
                outcomeQueue.add(
                    delivery("webhook", 1),
                    Outcome.accepted("delivered", OffsetDateTime.now(clock), null),
                    "http",
                    TAKEN));
    var unrecorded = outcomeQueue.next();
    assertThat(admission.quotas("webhook", List.of(a, b)).empty()).isTrue();

    outcomeQueue.recorded(unrecorded.subList(0, 3));
    assertThat(admission.quotas("webhook", List.of(a, b)).all())
        .extracting(ClaimQuotas.Quota::most)
        .containsExactly(1, 1);
  }

  @Test
  void what_webhooks_have_not_recorded_takes_no_slots_of_mails() {
    for (int n = 0; n < 32; n++) {
      outcomeQueue.add(
          delivery("webhook", 1),
          Outcome.accepted("delivered", OffsetDateTime.now(clock), null),
          "http",
          TAKEN);
    }

    assertThat(admission.quotas("email", List.of(queue(null, 20))).all())
        .extracting(ClaimQuotas.Quota::most)
        .containsExactly(PER_HOST);
  }

  @Test
  void a_business_with_many_hanging_hosts_leaves_slots_to_the_others() {
    var hog = UUID.randomUUID();
    var hosts =
        IntStream.range(0, 4)
            .mapToObj(n -> queue("https://hang" + n + ".example/hook", 10))
            .peek(queue -> queue.put("business_id", hog))
            .toList();
    while (!admission.quotas("webhook", hosts).empty()) {
      // until it gets no more
    }
    assertThat(admission.inFlight("webhook")).isEqualTo(4);

    assertThat(admission.quotas("webhook", List.of(hosts.get(0), a)).all())
        .extracting(ClaimQuotas.Quota::businessId)
        .containsExactly((UUID) a.get("business_id"));
  }

  @Test
  void an_endpoint_that_hangs_on_a_shared_host_leaves_the_host_to_the_others() {
    var neighbour = queue("https://a.example/other", 10);
    for (int i = 0; i < 4; i++) {
      hosts.tryAcquire(target(a, "a.example:-1"), true);
      hosts.done(target(a, "a.example:-1"), request("unknown", null, 12_000));
    }

    assertThat(admission.quotas("webhook", List.of(a, neighbour)).all())
        .extracting(ClaimQuotas.Quota::queueId)
        .containsExactly((UUID) neighbour.get("queue_id"));
  }

  @Test
  void a_mail_server_that_takes_no_more_gets_half_as_many_mails_at_once() {
    var queue = queue(null, 20);
    var quotas = admission.quotas("email", List.of(queue));
    var sent = admission.inFlight("email");
    admission.done("email", quotas, queue, "smtp", request("temporary", 421, 10));
    for (int mail = 1; mail < sent; mail++) {
      admission.done("email", quotas, queue, "smtp", request("temporary", 421, 10));
    }
    assertThat(admission.inFlight("email")).isZero();

    assertThat(admission.quotas("email", List.of(queue)).all())
        .extracting(ClaimQuotas.Quota::most)
        .containsExactly(sent / 2);
  }

  @Test
  void nothing_is_granted_once_the_service_stops() {
    var closed = closedGate();
    assertThat(closed.allows(4)).isZero();
    assertThat(claimGate.allows(4)).isEqualTo(4);
  }

  @Test
  void there_is_room_for_more_once_a_quarter_of_the_slots_is_free_and_more_waits() {
    var quotas = admission.quotas("webhook", List.of(a, b));
    assertThat(admission.hasFreeSlots("webhook")).isFalse();
    admission.done("webhook", quotas, a, null, TAKEN);
    assertThat(admission.hasFreeSlots("webhook")).isTrue();
    admission.claimed("webhook", new ClaimQuotas(List.of()), List.of());

    admission.done("webhook", quotas, a, null, TAKEN);
    admission.done("webhook", quotas, b, null, TAKEN);
    admission.done("webhook", quotas, b, null, TAKEN);
    admission.quotas("webhook", List.of());
    assertThat(admission.hasFreeSlots("webhook")).isFalse();
  }

  @Test
  void more_waits_where_not_all_that_was_due_found_a_slot() {
    assertThat(admission.moreWaits("webhook")).isFalse();
    admission.quotas("webhook", List.of(a, b));
    assertThat(admission.moreWaits("webhook")).isTrue();
    admission.quotas("email", List.of(queue("email", 1)));
    assertThat(admission.moreWaits("email")).isFalse();
  }

  @Test
  void a_backlog_of_a_host_that_rests_makes_no_other_send_look_again() {
    for (int i = 0; i < 4; i++) {
      hosts.tryAcquire(target(a, "a.example:-1"), true);
      hosts.done(target(a, "a.example:-1"), request("temporary", null, 10));
    }
    var few = queue("https://b.example/hook", 2);

    var quotas = admission.quotas("webhook", List.of(a, few));
    assertThat(quotas.all()).extracting(ClaimQuotas.Quota::most).containsExactly(2);
    admission.done("webhook", quotas, few, null, TAKEN);
    admission.done("webhook", quotas, few, null, TAKEN);

    assertThat(admission.hasFreeSlots("webhook")).isFalse();
  }

  @Test
  void a_slot_of_which_not_all_was_counted_is_looked_at_again() {
    var queue = queue("https://a.example/hook", 1);
    queue.put("more", true);
    var quotas = admission.quotas("webhook", List.of(queue));

    admission.done("webhook", quotas, queue, null, TAKEN);

    assertThat(admission.hasFreeSlots("webhook")).isTrue();
  }

  private void everyPlaceIsFree() {
    assertThat(admission.isSending()).isFalse();
    assertThat(admission.inFlight("webhook")).isZero();
    for (var target : List.of(target(a, "a.example:-1"), target(b, "b.example:-1"))) {
      IntStream.range(0, PER_HOST)
          .forEach(i -> assertThat(hosts.tryAcquire(target, true)).isTrue());
    }
  }

  private static Target target(Map<String, Object> queue, String host) {
    return new Target(host, (UUID) queue.get("queue_id"), (UUID) queue.get("business_id"));
  }

  private static Map<String, Object> queue(String url, int deliveries) {
    var row = new HashMap<String, Object>();
    row.put("business_id", UUID.randomUUID());
    row.put("queue_id", UUID.randomUUID());
    row.put("id", UUID.randomUUID());
    row.put("attempt", 1);
    row.put("deliveries", deliveries);
    row.put("more", false);
    row.put("url", url);
    return row;
  }
}
