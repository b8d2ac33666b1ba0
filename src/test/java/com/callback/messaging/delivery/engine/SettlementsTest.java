package com.callback.messaging.delivery.engine;

import static com.callback.messaging.delivery.engine.Burdens.delivery;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettlementsTest {

  private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-11-22T12:00:00Z");

  private final Settlements settlements =
      new Settlements(
          JsonMapper.builder()
              .findAndAddModules()
              .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
              .build(),
          Burdens.settings());

  @Test
  void what_is_not_yet_recorded_is_counted() {
    var both = List.of(settlement("ref"), settlement("ref"));
    assertThat(settlements.unrecorded("sms")).isEqualTo(2);
    assertThat(settlements.allRecorded()).isFalse();

    settlements.recorded(both);

    assertThat(settlements.unrecorded("sms")).isZero();
    assertThat(settlements.allRecorded()).isTrue();
    settlements.recorded(both);
    assertThat(settlements.unrecorded("sms")).isZero();
  }

  @Test
  void what_came_together_is_given_once_and_what_failed_once_more() {
    settlement("a");
    var both = new ArrayList<>(List.of(settlement("b")));
    assertThat(settlements.next()).isEmpty();
    settlements.alone(both);
    assertThat(settlements.next()).isEqualTo(both);
    assertThat(settlements.unrecorded("sms")).isEqualTo(2);
  }

  @Test
  void no_statement_gets_more_than_two_hundred() {
    for (int n = 0; n < 450; n++) {
      settlements.add(
          delivery("sms", 1), Outcome.accepted("sent", NOON, null), "sandbox", List.of());
    }
    assertThat(List.of(settlements.next(), settlements.next(), settlements.next()))
        .extracting(List::size)
        .containsExactly(200, 200, 50);
  }

  @Test
  void what_failed_together_is_given_one_by_one_in_turn_with_what_is_new() {
    var stuck = List.of(settlement("a"), settlement("b"));
    settlements.alone(stuck);
    for (int n = 0; n < 3; n++) {
      settlements.add(
          delivery("sms", 1), Outcome.accepted("sent", NOON, "new"), "sandbox", List.of());
    }

    var given = List.of(settlements.next(), settlements.next(), settlements.next());

    assertThat(given).contains(stuck.subList(0, 1), stuck.subList(1, 2));
    assertThat(given).extracting(List::size).containsExactlyInAnyOrder(1, 3, 1);
    assertThat(settlements.next()).isEmpty();
  }

  @Test
  void the_statement_is_given_what_it_can_store() throws Exception {
    assertThat(settlements.row(List.of(settlement("ref\u0000-1"))).get("outcomes").toString())
        .contains("\"providerRef\":\"ref-1\"", "\"endedAt\":\"2026-11-22T12:00:00Z\"")
        .contains("\"state\":\"sent\"", "\"error\":null", "\"calls\":[]");
    assertThat(settlements.disableAfter()).isEqualTo("PT120H");
  }

  private Settlement settlement(String providerRef) {
    settlements.add(
        delivery("sms", 1), Outcome.accepted("sent", NOON, providerRef), "sandbox", List.of());
    return settlements.next().get(0);
  }
}
