package com.callback.messaging.intake.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** Who stores whose lead, and who is told what. */
class GroupCommitTest {

  private static final RuntimeException BAD_ROW =
      new DataIntegrityViolationException("bad", new SQLException("bad", "23514"));

  private final GroupCommit commit = new GroupCommit(new ObjectMapper());
  private Ticket first;
  private Ticket second;

  @BeforeEach
  void both_lanes_are_taken() {
    first = leading();
    second = leading();
  }

  @Test
  void a_caller_who_finds_a_lane_free_stores_its_own_at_once() throws Exception {
    assertThat(first.batch()).containsExactly(first);
    assertThat(commit.rows(first).get("leads")).contains(first.submission().id());
  }

  @Test
  void those_who_come_while_statements_run_are_stored_together_by_the_first_of_them()
      throws Exception {
    var third = commit.join(submission());
    var fourth = commit.join(submission());
    var fifth = commit.join(submission());
    assertThat(List.of(third, fourth, fifth)).allMatch(Ticket::isWaiting);

    commit.stored(first, List.of(row(first)));
    assertThat(commit.leads(third)).isTrue();
    assertThat(third.batch()).containsExactly(third, fourth, fifth);
    assertThat(commit.rows(third).get("leads")).contains(fifth.submission().id());

    commit.stored(third, List.of(row(third), row(fifth)));
    assertThat(List.of(commit.leads(third), commit.leads(fourth), commit.leads(fifth)))
        .containsOnly(false);
    assertThat(third.row()).containsEntry("id", third.submission().id());
    assertThat(fourth.row()).as("there is no such funnel").isNull();
    assertThat(fifth.row()).containsEntry("id", fifth.submission().id());
  }

  @Test
  void while_many_come_in_one_statement_at_a_time_stores_all_that_wait() {
    var third = commit.join(submission());
    for (int i = 0; i < 4; i++) {
      commit.join(submission());
    }
    commit.stored(first, List.of(row(first)));
    assertThat(commit.leads(third)).isTrue();
    assertThat(third.batch()).hasSize(5);
    var next = commit.join(submission());

    commit.stored(second, List.of(row(second)));
    assertThat(next.isWaiting()).as("another statement may run").isTrue();

    commit.stored(third, List.of(row(third)));
    assertThat(commit.leads(next)).isTrue();
    assertThat(leading().batch()).as("few come in again").hasSize(1);
  }

  @Test
  void the_channels_of_a_batch_are_named_once_each() {
    var third = commit.join(submission());
    var fourth = commit.join(submission());
    commit.stored(second, List.of(row(second)));
    commit.leads(third);
    commit.stored(
        third,
        List.of(
            Map.of("id", third.submission().id(), "channels", "email,sms"),
            Map.of("id", fourth.submission().id(), "channels", "sms,webhook")));
    assertThat(commit.channels(third)).isEqualTo("email,sms,webhook");
    assertThat(commit.channels(second)).isNull();
  }

  @Test
  void one_bad_lead_does_not_fail_its_neighbours() {
    var third = commit.join(submission());
    var fourth = commit.join(submission());
    commit.stored(first, List.of(row(first)));
    commit.leads(third);

    commit.failed(third, BAD_ROW);
    for (var ticket : List.of(third, fourth)) {
      assertThat(commit.leads(ticket)).isTrue();
      assertThat(ticket.batch()).containsExactly(ticket);
    }
    commit.failed(third, BAD_ROW);
    commit.stored(fourth, List.of(row(fourth)));
    assertThat(commit.leads(third)).isFalse();
    assertThat(commit.leads(fourth)).isFalse();
    assertThatThrownBy(third::row).isSameAs(BAD_ROW);
    assertThat(fourth.row()).isNotNull();
    // Neither took or gave a turn that was not its own: one statement may run now, and no more.
    assertThat(leading()).isNotNull();
    assertThat(commit.join(submission()).isWaiting()).isTrue();
  }

  @Test
  void those_whose_statement_was_given_up_for_another_are_tried_one_by_one() {
    var third = commit.join(submission());
    var fourth = commit.join(submission());
    commit.stored(first, List.of(row(first)));
    commit.leads(third);
    commit.failed(
        third, new DataIntegrityViolationException("given up", new SQLException("x", "40P01")));
    assertThat(commit.leads(third)).isTrue();
    assertThat(commit.leads(fourth)).isTrue();
    assertThat(fourth.batch()).containsExactly(fourth);
  }

  @ParameterizedTest
  @ValueSource(strings = {"55P03", "57014"})
  void those_whose_statement_waited_for_a_locked_row_are_tried_one_by_one(String state) {
    var third = commit.join(submission());
    var fourth = commit.join(submission());
    commit.stored(first, List.of(row(first)));
    commit.leads(third);
    commit.failed(third, new DataIntegrityViolationException("x", new SQLException("x", state)));
    assertThat(commit.leads(third)).isTrue();
    assertThat(commit.leads(fourth)).isTrue();
    assertThat(third.batch()).containsExactly(third);
    assertThat(fourth.batch()).containsExactly(fourth);
  }

  @Test
  void one_that_is_tried_alone_and_finds_no_connection_fails_nobody_else() {
    var third = commit.join(submission());
    commit.join(submission());
    commit.stored(first, List.of(row(first)));
    commit.leads(third);
    commit.failed(third, BAD_ROW);
    commit.leads(third);
    leading();
    var waits = commit.join(submission());

    commit.failed(third, new CannotGetJdbcConnectionException("none is free"));
    assertThatThrownBy(third::row).isInstanceOf(CannotGetJdbcConnectionException.class);
    assertThat(waits.isWaiting()).isTrue();
  }

  @Test
  void a_statement_that_failed_as_a_whole_is_the_answer_to_its_batch_only() {
    var third = commit.join(submission());
    commit.stored(first, List.of(row(first)));
    commit.leads(third);
    var fourth = commit.join(submission());
    var cut = new DataAccessResourceFailureException("cut");

    commit.failed(third, cut);
    assertThatThrownBy(third::row).isSameAs(cut);
    assertThat(commit.leads(fourth)).isTrue();
  }

  @Test
  void without_a_connection_those_who_wait_are_told_as_well() {
    var third = commit.join(submission());
    var away = new CannotGetJdbcConnectionException("away");

    commit.failed(first, away);
    assertThat(commit.leads(third)).isFalse();
    assertThatThrownBy(third::row).isSameAs(away);
    assertThat(leading()).as("a statement may run again").isNotNull();
  }

  @Test
  void what_fails_after_the_commit_changes_nothing() {
    commit.stored(first, List.of(row(first)));
    commit.failed(first, new IllegalStateException("the hint"));
    assertThat(first.row()).isNotNull();
    assertThat(leading()).isNotNull();
    assertThat(commit.join(submission()).isWaiting()).as("only one statement could run").isTrue();
  }

  @Test
  void leads_of_a_statement_that_was_cut_off_may_be_stored() {
    var cut = new DataAccessResourceFailureException("cut", new SQLException("cut", "08006"));

    assertThat(commit.failed(first, cut)).containsExactly(first.submission().id());
  }

  @Test
  void leads_of_a_statement_that_the_database_refused_or_never_saw_are_not_stored() {
    var never = new CannotGetJdbcConnectionException("away");

    assertThat(commit.failed(first, BAD_ROW)).isEmpty();
    assertThat(commit.failed(second, never)).isEmpty();
  }

  @Test
  void leads_that_were_stored_before_something_failed_are_known() {
    commit.stored(first, List.of(row(first)));

    assertThat(commit.failed(first, new IllegalStateException("later"))).isEmpty();
  }

  private Ticket leading() {
    var ticket = commit.join(submission());
    assertThat(commit.leads(ticket)).isTrue();
    return ticket;
  }

  private static Map<String, Object> row(Ticket ticket) {
    return Map.of("id", ticket.submission().id());
  }

  private static Submission submission() {
    return new Submission(
        UUID.randomUUID().toString(),
        UUID.randomUUID().toString(),
        null,
        "Ada",
        null,
        null,
        "ada@example.com",
        null,
        null,
        "medium",
        "{}",
        new Sender(null, UUID.randomUUID().toString(), "", null, false, null, null, null),
        null,
        null,
        null,
        null,
        null,
        false);
  }
}
