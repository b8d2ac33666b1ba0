package com.callback.messaging.delivery.engine;

import static com.callback.messaging.delivery.engine.Burdens.PER_HOST;
import static com.callback.messaging.delivery.engine.Burdens.call;
import static com.callback.messaging.delivery.engine.Burdens.delivery;
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

/** Five places for webhooks, one of them kept for who has none; three calls at once to a host. */
class AdmissionTest extends AdmissionSetup {

  private static final List<Calls.Call> TAKEN = call("accepted", 200, 10);

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
          channels, hosts, new Providers(channels, hosts), claimGate, settlements, leases);

  private final Map<String, Object> a = lane("https://a.example/hook", 10);
  private final Map<String, Object> b = lane("https://b.example/hook", 10);

  @Test
  void as_many_are_granted_as_there_are_places_and_each_business_its_share() throws Exception {
    var grants = admission.grant("webhook", List.of(a, b));

    assertThat(grants.all()).extracting(Grants.Grant::most).containsExactly(2, 2);
    assertThat(grants.json()).contains("\"most\":2", a.get("lane").toString());
    assertThat(grants.empty()).isFalse();
    assertThat(admission.inFlight("webhook")).isEqualTo(4);
    assertThat(admission.isSending()).isTrue();
    assertThat(admission.grant("webhook", List.of(a, b)).empty()).isTrue();
  }

  @Test
  void a_host_gets_no_more_than_it_can_bear() {
    assertThat(admission.grant("webhook", List.of(a)).all())
        .extracting(Grants.Grant::most)
        .containsExactly(PER_HOST);
  }

  @Test
  void a_host_that_rests_gets_nothing_and_the_others_its_places() {
    for (int i = 0; i < 4; i++) {
      hosts.tryAcquire(target(a, "a.example:-1"), true);
      hosts.done(target(a, "a.example:-1"), call("temporary", null, 10));
    }

    assertThat(admission.grant("webhook", List.of(a, b)).all())
        .extracting(Grants.Grant::host)
        .containsExactly("b.example:-1");
  }

  @Test
  void places_come_back_when_the_claim_failed() {
    var grants = admission.grant("webhook", List.of(a, b));

    admission.claimed("webhook", grants, null);

    everyPlaceIsFree();
  }

  @Test
  void places_come_back_for_what_others_were_faster_to_claim() {
    var grants = admission.grant("webhook", List.of(a, b));

    admission.claimed("webhook", grants, List.of(a));

    assertThat(admission.inFlight("webhook")).isEqualTo(1);
    admission.done("webhook", grants, a, null, TAKEN);
    everyPlaceIsFree();
  }

  @Test
  void places_come_back_whatever_came_of_the_deliveries() {
    var grants = admission.grant("webhook", List.of(a, b));
    var claimed = List.of(a, a, b, b);
    admission.claimed("webhook", grants, claimed);
    assertThat(admission.inFlight("webhook")).isEqualTo(4);

    claimed.forEach(row -> admission.done("webhook", grants, row, null, List.of()));

    everyPlaceIsFree();
  }

  @Test
  void a_delivery_of_a_lane_that_was_not_granted_gives_its_place_back_too() {
    var grants = admission.grant("webhook", List.of(a));
    admission.done("webhook", grants, b, null, TAKEN);
    assertThat(admission.inFlight("webhook")).isEqualTo(PER_HOST - 1);
  }

  @Test
  void what_goes_through_a_provider_does_not_count_against_a_host() {
    var lane = lane(null, 20);
    for (int i = 0; i < 10; i++) {
      var grants = admission.grant("email", List.of(lane));
      assertThat(grants.all()).extracting(Grants.Grant::host).containsExactly("email");
      var claimed = new ArrayList<Map<String, Object>>();
      IntStream.range(0, grants.all().get(0).most()).forEach(n -> claimed.add(lane));
      admission.claimed("email", grants, claimed);
      claimed.forEach(
          row -> admission.done("email", grants, row, null, call("temporary", null, 10)));
    }
    assertThat(hosts.rests("email")).isFalse();
    assertThat(admission.inFlight("email")).isZero();
  }

  @Test
  void what_is_not_yet_recorded_takes_places() {
    IntStream.range(0, 5)
        .forEach(
            n ->
                settlements.add(
                    delivery("webhook", 1),
                    Outcome.accepted("delivered", OffsetDateTime.now(clock), null),
                    "http",
                    TAKEN));
    var unrecorded = settlements.next();
    assertThat(admission.grant("webhook", List.of(a, b)).empty()).isTrue();

    settlements.recorded(unrecorded.subList(0, 3));
    assertThat(admission.grant("webhook", List.of(a, b)).all())
        .extracting(Grants.Grant::most)
        .containsExactly(1, 1);
  }

  @Test
  void what_webhooks_have_not_recorded_takes_no_places_of_mails() {
    for (int n = 0; n < 32; n++) {
      settlements.add(
          delivery("webhook", 1),
          Outcome.accepted("delivered", OffsetDateTime.now(clock), null),
          "http",
          TAKEN);
    }

    assertThat(admission.grant("email", List.of(lane(null, 20))).all())
        .extracting(Grants.Grant::most)
        .containsExactly(PER_HOST);
  }

  @Test
  void a_business_with_many_hanging_hosts_leaves_places_to_the_others() {
    var hog = UUID.randomUUID();
    var hosts =
        IntStream.range(0, 4)
            .mapToObj(n -> lane("https://hang" + n + ".example/hook", 10))
            .peek(lane -> lane.put("business_id", hog))
            .toList();
    while (!admission.grant("webhook", hosts).empty()) {
      // until it gets no more
    }
    assertThat(admission.inFlight("webhook")).isEqualTo(4);

    assertThat(admission.grant("webhook", List.of(hosts.get(0), a)).all())
        .extracting(Grants.Grant::businessId)
        .containsExactly((UUID) a.get("business_id"));
  }

  @Test
  void an_endpoint_that_hangs_on_a_shared_host_leaves_the_host_to_the_others() {
    var neighbour = lane("https://a.example/other", 10);
    for (int i = 0; i < 4; i++) {
      hosts.tryAcquire(target(a, "a.example:-1"), true);
      hosts.done(target(a, "a.example:-1"), call("unknown", null, 12_000));
    }

    assertThat(admission.grant("webhook", List.of(a, neighbour)).all())
        .extracting(Grants.Grant::lane)
        .containsExactly((UUID) neighbour.get("lane"));
  }

  @Test
  void nothing_is_granted_once_the_service_stops() {
    var closed = closedGate();
    assertThat(closed.allows(4)).isZero();
    assertThat(claimGate.allows(4)).isEqualTo(4);
  }

  @Test
  void there_is_room_for_more_once_a_quarter_of_the_places_is_free_and_more_waits() {
    var grants = admission.grant("webhook", List.of(a, b));
    assertThat(admission.hasRoomForMore("webhook")).isFalse();
    admission.done("webhook", grants, a, null, TAKEN);
    assertThat(admission.hasRoomForMore("webhook")).isTrue();
    admission.claimed("webhook", new Grants(List.of()), List.of());

    admission.done("webhook", grants, a, null, TAKEN);
    admission.done("webhook", grants, b, null, TAKEN);
    admission.done("webhook", grants, b, null, TAKEN);
    admission.grant("webhook", List.of());
    assertThat(admission.hasRoomForMore("webhook")).isFalse();
  }

  @Test
  void more_waits_where_not_all_that_was_due_found_a_place() {
    assertThat(admission.moreWaits("webhook")).isFalse();
    admission.grant("webhook", List.of(a, b));
    assertThat(admission.moreWaits("webhook")).isTrue();
    admission.grant("email", List.of(lane("email", 1)));
    assertThat(admission.moreWaits("email")).isFalse();
  }

  @Test
  void a_backlog_of_a_host_that_rests_makes_no_other_send_look_again() {
    for (int i = 0; i < 4; i++) {
      hosts.tryAcquire(target(a, "a.example:-1"), true);
      hosts.done(target(a, "a.example:-1"), call("temporary", null, 10));
    }
    var few = lane("https://b.example/hook", 2);

    var grants = admission.grant("webhook", List.of(a, few));
    assertThat(grants.all()).extracting(Grants.Grant::most).containsExactly(2);
    admission.done("webhook", grants, few, null, TAKEN);
    admission.done("webhook", grants, few, null, TAKEN);

    assertThat(admission.hasRoomForMore("webhook")).isFalse();
  }

  @Test
  void a_place_of_which_not_all_was_counted_is_looked_at_again() {
    var lane = lane("https://a.example/hook", 1);
    lane.put("more", true);
    var grants = admission.grant("webhook", List.of(lane));

    admission.done("webhook", grants, lane, null, TAKEN);

    assertThat(admission.hasRoomForMore("webhook")).isTrue();
  }

  private void everyPlaceIsFree() {
    assertThat(admission.isSending()).isFalse();
    assertThat(admission.inFlight("webhook")).isZero();
    for (var target : List.of(target(a, "a.example:-1"), target(b, "b.example:-1"))) {
      IntStream.range(0, PER_HOST)
          .forEach(i -> assertThat(hosts.tryAcquire(target, true)).isTrue());
    }
  }

  private static Target target(Map<String, Object> lane, String host) {
    return new Target(host, (UUID) lane.get("lane"), (UUID) lane.get("business_id"));
  }

  private static Map<String, Object> lane(String url, int deliveries) {
    var row = new HashMap<String, Object>();
    row.put("business_id", UUID.randomUUID());
    row.put("lane", UUID.randomUUID());
    row.put("id", UUID.randomUUID());
    row.put("attempt", 1);
    row.put("deliveries", deliveries);
    row.put("more", false);
    row.put("url", url);
    return row;
  }
}
