package com.callback.messaging.delivery.engine;

import static com.callback.messaging.delivery.engine.Burdens.delivery;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.BadSqlGrammarException;

class OutcomeQueueTest {

  private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-11-22T12:00:00Z");

  private final OutcomeQueue outcomeQueue =
      new OutcomeQueue(
          JsonMapper.builder()
              .findAndAddModules()
              .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
              .build(),
          Burdens.settings());

  @Test
  void what_is_not_yet_recorded_is_counted() {
    var both = List.of(outcome("ref"), outcome("ref"));
    assertThat(outcomeQueue.unrecorded("sms")).isEqualTo(2);
    assertThat(outcomeQueue.allRecorded()).isFalse();

    outcomeQueue.recorded(both);

    assertThat(outcomeQueue.unrecorded("sms")).isZero();
    assertThat(outcomeQueue.allRecorded()).isTrue();
    outcomeQueue.recorded(both);
    assertThat(outcomeQueue.unrecorded("sms")).isZero();
  }

  @Test
  void what_came_together_is_given_once_and_what_failed_once_more() {
    outcome("a");
    var both = new ArrayList<>(List.of(outcome("b")));
    assertThat(outcomeQueue.next()).isEmpty();
    assertThat(outcomeQueue.failed(both, new CannotAcquireLockException("locked")))
        .as("others do not wait long for it")
        .isEqualTo(100);
    assertThat(outcomeQueue.next()).isEqualTo(both);
    assertThat(outcomeQueue.unrecorded("sms")).isEqualTo(2);
  }

  @Test
  void no_statement_gets_more_than_two_hundred() {
    for (int n = 0; n < 450; n++) {
      outcomeQueue.add(
          delivery("sms", 1), Outcome.accepted("sent", NOON, null), "sandbox", List.of());
    }
    assertThat(List.of(outcomeQueue.next(), outcomeQueue.next(), outcomeQueue.next()))
        .extracting(List::size)
        .containsExactly(200, 200, 50);
  }

  @Test
  void what_failed_together_is_given_one_by_one_in_turn_with_what_is_new() {
    var stuck = List.of(outcome("a"), outcome("b"));
    assertThat(outcomeQueue.failed(stuck, new DataIntegrityViolationException("one of both")))
        .as("each is tried at once")
        .isZero();
    for (int n = 0; n < 3; n++) {
      outcomeQueue.add(
          delivery("sms", 1), Outcome.accepted("sent", NOON, "new"), "sandbox", List.of());
    }

    var given = List.of(outcomeQueue.next(), outcomeQueue.next(), outcomeQueue.next());

    assertThat(given).contains(stuck.subList(0, 1), stuck.subList(1, 2));
    assertThat(given).extracting(List::size).containsExactlyInAnyOrder(1, 3, 1);
    assertThat(outcomeQueue.next()).isEmpty();
  }

  static Stream<Exception> failures_that_come_again() {
    return Stream.of(
        new DataIntegrityViolationException("23514"),
        new IllegalStateException(new BadSqlGrammarException("record", "", new SQLException())));
  }

  @ParameterizedTest
  @MethodSource("failures_that_come_again")
  void an_outcome_that_can_never_be_stored_is_given_up(Exception failure) {
    var alone = List.of(outcome("a"));

    assertThat(outcomeQueue.failed(alone, failure)).isZero();

    assertThat(outcomeQueue.next()).isEmpty();
    assertThat(outcomeQueue.allRecorded()).isTrue();
  }

  @Test
  void the_statement_is_given_what_it_can_store() throws Exception {
    assertThat(outcomeQueue.row(List.of(outcome("ref\u0000-1"))).get("outcomes").toString())
        .contains("\"providerRef\":\"ref-1\"", "\"endedAt\":\"2026-11-22T12:00:00Z\"")
        .contains("\"state\":\"sent\"", "\"error\":null", "\"requests\":[]");
    assertThat(outcomeQueue.disableAfter()).isEqualTo("PT120H");
  }

  private PendingOutcome outcome(String providerRef) {
    outcomeQueue.add(
        delivery("sms", 1), Outcome.accepted("sent", NOON, providerRef), "sandbox", List.of());
    return outcomeQueue.next().get(0);
  }
}
